import type { Block, Entry, Picture, Section } from './outline-types.ts'

/** Pictures of a document, in its order: they are listed, because nothing in them is read. */
export function picturesOf(sections: Section[]): Picture[] {
  return sections.flatMap((section) => [
    ...section.heading.pictures,
    ...section.blocks.flatMap(picturesIn),
  ])
}

function picturesIn(block: Block): Picture[] {
  switch (block.type) {
    case 'paragraph':
      return block.phrase.pictures
    case 'list':
      return block.entries.flatMap(picturesInEntry)
    case 'table':
      return [block.header, ...block.rows.map((row) => row.cells)].flatMap((cells) =>
        cells.flatMap((cell) => cell.phrase.pictures),
      )
    case 'quote':
      return block.blocks.flatMap(picturesIn)
    case 'code':
      return []
  }
}

function picturesInEntry(entry: Entry): Picture[] {
  return [...entry.head.pictures, ...entry.blocks.flatMap(picturesIn)]
}
