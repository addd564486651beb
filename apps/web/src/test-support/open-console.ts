import { openBrowser } from './open-browser.ts';
import { startTestConsole } from './start-test-console.ts';

/** A new Console, and a page of a browser in which its first administrator is signed in. */
export async function openConsole() {
  const console = await startTestConsole();
  const browser = await openBrowser();
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.goto(console.setupUrl ?? '');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await page.getByRole('heading', { name: 'No audits yet' }).waitFor();
  const cookies = await browser.context.cookies();
  return {
    ...console,
    page,
    /** What went wrong in the page's scripts. */
    pageErrors,
    /** The session's, for what a test asks of the API beside the page. */
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    close: async () => {
      await browser.close();
      await console.close();
    },
  };
}
