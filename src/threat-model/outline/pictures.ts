import type { Block, Entry, Picture, Section } from './types.ts'

/** Pictures of a document, in its order: they are listed, because nothing in them is read. */
export function picturesOf(sections: Section[]): Picture[] {
  const found: Picture[] = []
  for (const section of sections) {
    found.push(...section.heading.pictures)
    for (const block of section.blocks) addPictures(found, block)
  }
  return found
}

/** Into one list: nearly all of the many blocks have none. */
function addPictures(found: Picture[], block: Block): void {
  switch (block.type) {
    case 'paragraph':
      found.push(...block.phrase.pictures)
      return
    case 'list':
      for (const entry of block.entries) addPicturesOfEntry(found, entry)
      return
    case 'table':
      for (const cells of [block.header, ...block.rows.map((row) => row.cells)]) {
        for (const cell of cells) found.push(...cell.phrase.pictures)
      }
      return
    case 'quote':
      for (const inner of block.blocks) addPictures(found, inner)
      return
    case 'code':
  }
}

function addPicturesOfEntry(found: Picture[], entry: Entry): void {
  found.push(...entry.head.pictures)
  for (const block of entry.blocks) addPictures(found, block)
}
