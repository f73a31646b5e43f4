import { describe, expect, test } from '@jest/globals'
import { shortId } from '../../../src/policy/fingerprint.ts'
import type { Finding } from '../../../src/policy/verdict.ts'
import type { CommentFacts, Permission, PullRequestFacts } from '../../../src/pull-request/facts.ts'
import { review } from '../../../src/review.ts'
import { expectWanted, type GoldenCase, goldenCases } from '../../support/cases.ts'
import { factsOf } from '../../support/facts.ts'

/*
 * What is answered, as people read it. A case has a pull request and a `talk`: who (and what
 * they may do), then the lines of their comment after `| `. `{1}` stands for the id of the first
 * finding, `{1 old}` for an id of the same finding with other content; `reply {1}` makes the
 * comment a reply to our line comment about it, `edited by NAME` and `before the head` are what
 * they say. `want` is every answer with its reaction, ids as ‹1›, ‹2› in the order in which they
 * appear.
 */

const cases = goldenCases('replies')

describe('replies', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    const facts = withTalk(factsOf(golden), golden)
    expectWanted(golden, answersIn(facts))
  })
})

function withTalk(facts: PullRequestFacts, golden: GoldenCase): PullRequestFacts {
  const { findings } = review(facts)
  const comments: CommentFacts[] = []
  const permissions: PullRequestFacts['permissions'] = [...facts.permissions]
  for (const line of (golden.parts.get('talk') ?? '').split('\n')) {
    if (line.startsWith('|')) {
      const last = comments.at(-1)
      if (last) last.body += `${last.body && '\n'}${withIds(line.slice(2), findings)}`
    } else if (line.trim() !== '') {
      const [login = '', permission = 'none'] = line.split(' ')
      comments.push(commentBy(login, line, comments.length, findings))
      if (!permissions.some((known) => known.login === login)) {
        permissions.push({ login, permission: permission as Permission, teams: [] })
      }
    }
  }
  return { ...facts, comments, permissions }
}

function commentBy(
  author: string,
  line: string,
  index: number,
  findings: readonly Finding[],
): CommentFacts {
  const replyTo = /reply \{(\d)\}/.exec(line)?.[1]
  const finding = replyTo ? findings[Number(replyTo) - 1] : undefined
  const early = line.includes('before the head')
  return {
    id: index + 1,
    place: finding ? 'reply' : 'conversation',
    inReplyTo: finding ? 99 : null,
    inReplyToFinding: finding?.fingerprint ?? null,
    author,
    authorIsBot: false,
    body: '',
    createdAt: `2026-11-24T${early ? '07' : '10'}:0${index}:00Z`,
    editedBy: /edited by (\S+)/.exec(line)?.[1] ?? null,
    url: `https://github.example/acme/chat/pull/7#issuecomment-${index + 1}`,
  }
}

function withIds(text: string, findings: readonly Finding[]): string {
  return text.replace(/\{(\d)( old)?\}/g, (_, number, old) => {
    const finding = findings[Number(number) - 1]
    if (!finding) throw new Error(`there is no finding ${number}`)
    return shortId(old ? { ...finding, content: 'ffff' } : finding)
  })
}

function answersIn(facts: PullRequestFacts): string {
  const ids: string[] = []
  const report = review(facts)
  const texts = report.replies.map(({ comment, reaction, body }) => {
    const author = facts.comments.find((one) => one.id === comment.id)?.author
    const said = body.replace(/\n\n<!-- threat-model-bot reply [^\n]* -->$/, '')
    expect(said).not.toBe(body)
    return `=== to ${author} (${comment.id}): ${reaction === '+1' ? 'thumb' : 'puzzled'}\n${said}`
  })
  return `${texts.join('\n\n')}\n\n=== ${report.title}`.replace(
    /[0-9a-f]{6}-[0-9a-f]{4}/g,
    (id) => {
      if (!ids.includes(id)) ids.push(id)
      return `‹${ids.indexOf(id) + 1}›`
    },
  )
}
