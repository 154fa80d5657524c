import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OPTION_NAMES } from '../../packages/otel/src/options/option-table.ts';
import { execute, ROOT } from '../steps.ts';

const PAGES = ['README.md', 'packages/core/README.md', 'packages/otel/README.md'];

describe('the READMEs', () => {
  test('their TypeScript compiles against the sources', async () => {
    const folder = join(ROOT, '.cache/readme');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const page of PAGES) {
      const blocks = fenced(await readFile(join(ROOT, page), 'utf8'), 'ts');
      expect(blocks, page).not.toEqual([]);
      for (const [index, block] of blocks.entries()) {
        await writeFile(join(folder, `${page.replaceAll('/', '-')}-${index + 1}.ts`), block);
      }
    }
    const compilerOptions = {
      composite: false,
      noEmit: true,
      isolatedDeclarations: false,
      customConditions: ['@tollgate/source'],
    };
    const tsconfig = { extends: '../../tsconfig.base.json', compilerOptions, include: ['*.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    await execute('tsc', ['-p', folder]);
  });

  test('the files that the README points to exist', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const paths = [...readme.matchAll(/`((?:packages|test)\/[^`<]*)[`<]/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('every option of register() has a row in the README', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const section = readme.slice(readme.indexOf('## Options'), readme.indexOf('### Budgets'));
    const rows = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(new Set(rows)).toEqual(new Set(OPTION_NAMES));
  });

  test('the npm scripts that the documents name exist', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const documents = await Promise.all(
      ['README.md', 'CONTRIBUTING.md'].map((file) => readFile(join(ROOT, file), 'utf8')),
    );
    const named = [...documents.join('\n').matchAll(/npm run (\w+)/g)].map(([, name]) => name);
    expect(named).toContain('demo');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

/** The contents of a page's code blocks in one language. */
function fenced(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block ?? '');
}
