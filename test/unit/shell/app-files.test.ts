import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  headersFor,
  isOwnUrl,
  resolveAppFile,
} from '../../../src-main/shell/app-files';

const FOLDER = path.resolve('/opt/deskbell/out/renderer');

describe('a file of the window', () => {
  it('is found by its address', () => {
    expect(resolveAppFile(FOLDER, 'app://deskbell/index.html')).toBe(path.join(FOLDER, 'index.html'));
    expect(resolveAppFile(FOLDER, 'app://deskbell/')).toBe(path.join(FOLDER, 'index.html'));
    expect(resolveAppFile(FOLDER, 'app://deskbell/assets/main-1a2b.js?x#y')).toBe(
      path.join(FOLDER, 'assets/main-1a2b.js'),
    );
  });

  it.each([
    'app://evil/index.html',
    'file:///etc/passwd',
    'https://deskbell/index.html',
    'app://deskbell/..%2f..%2fsecret.html',
    String.raw`app://deskbell/..%5c..%5csecret.html`,
    'app://deskbell/index.html%00.js',
    'app://deskbell/%zz.html',
    'app://deskbell/assets',
    'app://deskbell/program.exe',
    'not a url',
  ])('is refused: %s', (url) => {
    expect(resolveAppFile(FOLDER, url)).toBeNull();
  });

  it('is never outside of the folder', () => {
    const part = fc.constantFrom('..', '%2e%2e', '%2f', '/', '\\', '%5c', 'a', '.html', '%00', '//', 'C:');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const file = resolveAppFile(FOLDER, `app://deskbell/${parts.join('')}`);
        expect(file === null || file.startsWith(FOLDER + path.sep)).toBe(true);
      }),
    );
  });

  it('comes with a strict policy and its own type', () => {
    expect(headersFor('/x/main.js')).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  });
});

describe('a page of our own', () => {
  it.each([
    ['app://deskbell/index.html', null, true],
    ['app://deskbell.evil/index.html', null, false],
    ['http://localhost:5173/', null, false],
    ['http://localhost:5173/x', 'http://localhost:5173', true],
    ['http://localhost:51730/x', 'http://localhost:5173', false],
    ['http://localhost:5173.evil.example/', 'http://localhost:5173', false],
    ['', 'http://localhost:5173', false],
  ])('%s with the development server %s: %s', (url, devServer, own) => {
    expect(isOwnUrl(url, devServer)).toBe(own);
  });
});
