/** Types of `reporter.js`, for the tests that call it by hand. */
export default class EsitiReporter {
  constructor(globalConfig: { rootDir: string })
  onTestResult(
    test: { context: { config: { displayName?: { name: string } } } },
    result: { testFilePath: string; testResults: readonly { title: string; status: string }[] },
  ): void
}
