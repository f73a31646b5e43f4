import type { Recogniser } from '../draft.ts'
import { attackLists } from './attack-lists.ts'
import { elements } from './elements.ts'

/** Every recogniser; the order does not change what is read. */
export const recognisers: readonly Recogniser[] = [attackLists, elements]
