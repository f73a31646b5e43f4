/** A button of the check run. GitHub's lengths: label 20, description 40, identifier 20. */
export interface CheckAction {
  label: string
  description: string
  identifier: string
}
