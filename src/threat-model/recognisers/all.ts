import type { Recogniser } from '../draft/draft.ts'
import { addressedLines } from './addressed-lines.ts'
import { adversaryAims } from './adversary-aims.ts'
import { adversaryAttempts } from './adversary-attempts.ts'
import { adversaryClauses } from './adversary-clauses.ts'
import { adversaryFields } from './adversary-fields.ts'
import { adversaryPowers } from './adversary-powers.ts'
import { adversaryProse } from './adversary-prose.ts'
import { adversaryVerdicts } from './adversary-verdicts.ts'
import { answeredParagraphs } from './answered-paragraphs.ts'
import { attackLists } from './attack-lists.ts'
import { checklists } from './checklists.ts'
import { classBullets } from './class-bullets.ts'
import { classMatrix } from './class-matrix.ts'
import { controls } from './controls.ts'
import { elements } from './elements.ts'
import { harmTables } from './harm-tables.ts'
import { headingThreats } from './heading-threats.ts'
import { keyValues } from './key-values.ts'
import { labelledThreats } from './labelled-threats.ts'
import { leftOutClasses } from './left-out-classes.ts'
import { paragraphs } from './paragraphs.ts'
import { personas } from './personas.ts'
import { placeLabels } from './place-labels.ts'
import { policyTables } from './policy-tables.ts'
import { powerLabels } from './power-labels.ts'
import { prose } from './prose.ts'
import { questions } from './questions.ts'
import { quotes } from './quotes.ts'
import { registerTable } from './register-table.ts'
import { remainingSentences } from './remaining-sentences.ts'
import { rubric } from './rubric.ts'
import { scopeLists } from './scope-lists.ts'
import { scopeTables } from './scope-tables.ts'
import { stories } from './stories.ts'
import { surfaceLists } from './surface-lists.ts'
import { threatSentences } from './threat-sentences.ts'
import { toolOutput } from './tool-output.ts'
import { topics } from './topics.ts'
import { traceability } from './traceability.ts'
import { verdictNames } from './verdict-names.ts'

/** Every recogniser; the order does not change what is read. */
export const recognisers: readonly Recogniser[] = [
  addressedLines,
  adversaryAims,
  adversaryAttempts,
  adversaryClauses,
  adversaryFields,
  adversaryPowers,
  adversaryProse,
  adversaryVerdicts,
  answeredParagraphs,
  attackLists,
  checklists,
  classBullets,
  classMatrix,
  controls,
  elements,
  harmTables,
  headingThreats,
  keyValues,
  labelledThreats,
  leftOutClasses,
  paragraphs,
  personas,
  placeLabels,
  policyTables,
  powerLabels,
  prose,
  questions,
  quotes,
  registerTable,
  remainingSentences,
  rubric,
  scopeLists,
  scopeTables,
  stories,
  surfaceLists,
  threatSentences,
  toolOutput,
  topics,
  traceability,
  verdictNames,
]
