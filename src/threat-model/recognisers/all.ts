import type { Recogniser } from '../draft.ts'
import { attackLists } from './attack-lists.ts'
import { elements } from './elements.ts'
import { headingThreats } from './heading-threats.ts'
import { labelledThreats } from './labelled-threats.ts'
import { registerTable } from './register-table.ts'
import { scopeLists } from './scope-lists.ts'
import { stories } from './stories.ts'
import { surfaceLists } from './surface-lists.ts'

/** Every recogniser; the order does not change what is read. */
export const recognisers: readonly Recogniser[] = [
  attackLists,
  elements,
  headingThreats,
  labelledThreats,
  registerTable,
  scopeLists,
  stories,
  surfaceLists,
]
