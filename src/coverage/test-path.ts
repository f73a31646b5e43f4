/** Folders and file names of tests, in the usual forms of many languages. */
const testPath = new RegExp(
  '(?:^|\\/)(?:tests?|specs?|__tests__|testdata|fixtures?|mocks?|e2e)\\/' +
    '|[._-](?:test|spec|mock)\\.|_test\\.|(?:^|\\/)test_',
  'i',
)

/** Tests are nobody's way in; a change of tests alone makes no threat easier. */
export function holdsTests(path: string): boolean {
  return testPath.test(path)
}
