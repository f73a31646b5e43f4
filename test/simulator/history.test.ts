import { describe, expect, test } from '@jest/globals'
import { compareTrees } from '../../src/simulator/comparison.ts'
import { commitOf, commitsSince, mergeBase } from '../../src/simulator/history.ts'
import { createStore, writeBlob, writeCommit, writeTree } from '../../src/simulator/objects.ts'
import { type Edit, editTree, listTree } from '../../src/simulator/tree.ts'

describe('objects have the names git gives them', () => {
  const store = createStore()

  test('blobs and trees', () => {
    expect(writeBlob(store, '')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
    expect(writeBlob(store, 'hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a')
    expect(writeTree(store, [])).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904')
  })

  test('a folder sorts as if its name ended with a slash', () => {
    const tree = editTree(store, null, { 'a/x': '', 'a.b': '', a0: '' })
    expect(listTree(store, tree).map(({ path }) => path)).toEqual(['a.b', 'a', 'a/x', 'a0'])
  })

  test('an emptied folder goes', () => {
    const tree = editTree(store, null, { 'a/b/c': 'x', d: 'y' })
    expect(listTree(store, editTree(store, tree, { 'a/b/c': null }))).toHaveLength(1)
  })
})

describe('merge bases', () => {
  test('is where two branches parted', () => {
    const { commit, store } = history()
    const root = commit()
    const [left, right] = [commit(root), commit(root)]
    expect(mergeBase(store, commit(left), right)).toBe(root)
  })

  test('moves up when one side was merged into the other', () => {
    const { commit, store } = history()
    const root = commit()
    const [left, right] = [commit(root), commit(root)]
    expect(mergeBase(store, commit(left, right), commit(right))).toBe(right)
  })

  test('is null for histories that have nothing in common', () => {
    const { commit, store } = history()
    expect(mergeBase(store, commit(), commit())).toBeNull()
  })

  test('commits come oldest first, without those the other side has', () => {
    const { commit, store } = history()
    const root = commit()
    const one = commit(root)
    const two = commit(one)
    expect(commitsSince(store, commit(root), two).map(({ sha }) => sha)).toEqual([one, two])
  })
})

describe('comparing trees', () => {
  test('tells each kind of change in the words of GitHub', () => {
    const changes = compared(
      { 'gone.md': 'g', 'kept.md': 'k', 'link.md': 'l', 'edit.md': 'one\n', 'old.md': long() },
      {
        'gone.md': null,
        'new.md': 'n',
        'link.md': { symlink: 'kept.md' },
        'edit.md': 'two\n',
        'old.md': null,
        'moved/old.md': `${long()}one more\n`,
      },
    )
    expect(changes.map(({ path, status, previousPath }) => [path, status, previousPath])).toEqual([
      ['edit.md', 'modified', null],
      ['gone.md', 'removed', null],
      ['link.md', 'changed', null],
      ['moved/old.md', 'renamed', 'old.md'],
      ['new.md', 'added', null],
    ])
  })

  test('a pure rename has no patch', () => {
    const [change] = compared({ 'a.md': 'text\n' }, { 'a.md': null, 'b.md': 'text\n' })
    expect(change).toMatchObject({ status: 'renamed', additions: 0, deletions: 0, patch: null })
  })

  test('a binary file and a very large one have no patch', () => {
    const changes = compared(
      {},
      { 'a.bin': new Uint8Array([1, 0, 2]), 'b.txt': 'line\n'.repeat(20_001), 'c.txt': 'c\n' },
    )
    expect(changes.map(({ path, patch }) => [path, patch === null])).toEqual([
      ['a.bin', true],
      ['b.txt', true],
      // The whole diff is over its limit by then.
      ['c.txt', true],
    ])
  })
})

function history() {
  const store = createStore()
  let at = 0
  const commit = (...parents: string[]): string => {
    at += 1000
    const author = { name: 'ann', email: 'ann@example.org', at }
    return writeCommit(store, { tree: writeTree(store, []), parents, message: `${at}`, author })
  }
  return { store, commit, commitOf: (sha: string) => commitOf(store, sha) }
}

function compared(before: Edit, edit: Edit) {
  const store = createStore()
  const tree = editTree(store, null, before)
  return compareTrees(store, tree, editTree(store, tree, edit))
}

function long(): string {
  return Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('')
}
