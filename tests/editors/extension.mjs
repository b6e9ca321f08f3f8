// The extension as it is packaged: what is in it, its words where the command is missing, its grammar on every text.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import oniguruma from 'vscode-oniguruma'
import textmate from 'vscode-textmate'
import { root } from './client.mjs'

const require = createRequire(import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'conforme-extension-'))
execFileSync('unzip', ['-q', process.argv[2], '-d', folder])
const inside = join(folder, 'extension')
const manifest = JSON.parse(readFileSync(join(inside, 'package.json'), 'utf8'))

// It brings what it names, and runs nothing when it is installed.
for (const path of [manifest.main, manifest.contributes.grammars[0].path, manifest.contributes.snippets[0].path,
  manifest.contributes.languages[0].configuration]) assert.ok(statSync(join(inside, path)).isFile(), path)
for (const name of ['preinstall', 'install', 'postinstall', 'vscode:uninstall']) assert.equal(manifest.scripts?.[name], undefined)
for (const file of ['snippets/conforme.json', 'language-configuration.json']) JSON.parse(readFileSync(join(inside, file), 'utf8'))
const bundle = readFileSync(join(inside, manifest.main), 'utf8')
for (const { command } of manifest.contributes.commands) assert.ok(bundle.includes(command), command)

// What is said where the command is missing, is none, or is another one.
const { found, without } = require(join(root, 'editors/vscode/src/words.js'))
assert.match(without(found({ error: { code: 'ENOENT' } })), /n’est pas installée/)
assert.match(found({ status: 1 }), /ne répond pas/)
assert.match(found({ status: 0, stdout: 'autre 1.0' }), /n’est pas « conforme »/)
assert.equal(found({ status: 0, stdout: 'conforme 0.1.0\n' }), undefined)

// The grammar: a quotation is a text to its end, whatever words are in it; words that start a line are keywords there only.
const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength))
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: sources => new oniguruma.OnigScanner(sources),
    createOnigString: text => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () =>
    textmate.parseRawGrammar(readFileSync(join(inside, manifest.contributes.grammars[0].path), 'utf8'), 'conforme.json'),
})
const grammar = await registry.loadGrammar('source.conforme')
function scopes(text) {
  let stack = textmate.INITIAL
  return text.split('\n').map(line => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack)
    stack = ruleStack
    return tokens.map(one => [line.slice(one.startIndex, one.endIndex), one.scopes.at(-1)])
  })
}
const told = scopes('critère seuil d’adhésion # x\n  exige taux ≥ 10 %\n  selon loi « si « exige » et\n    plus » 3\n  - a est b')
const scope = (line, word) => told[line].find(([text]) => text.trim() === word)?.[1]
assert.equal(scope(0, 'critère'), 'keyword.control.conforme')
assert.equal(scope(0, 'seuil d’adhésion'), 'entity.name.function.conforme')
assert.equal(scope(0, '# x'), 'comment.line.number-sign.conforme')
assert.equal(scope(1, 'exige'), 'keyword.control.conforme')
assert.equal(scope(1, '≥'), 'keyword.operator.conforme')
assert.equal(scope(1, '10 %'), 'constant.numeric.conforme')
assert.equal(scope(3, 'plus'), 'string.quoted.other.conforme')
assert.equal(scope(3, '3'), 'constant.numeric.conforme')
assert.equal(scope(4, 'est'), 'keyword.operator.word.conforme')
// Every text of the project: nothing of a quotation is taken for a word of the language.
let texts = 0
for (const id of readdirSync(join(root, 'policies'))) {
  for (const file of readdirSync(join(root, 'policies', id)).filter(one => one.endsWith('.pol'))) {
    texts += 1
    let open = 0
    for (const line of scopes(readFileSync(join(root, 'policies', id, file), 'utf8'))) {
      for (const [text, of] of line) {
        if (of.startsWith('comment')) continue
        const outside = open === 0 && !text.includes('«')
        for (const c of text) open += c === '«' ? 1 : c === '»' ? -1 : 0
        if (!outside && !text.includes('«')) assert.ok(of.startsWith('string') || of.startsWith('punctuation'), `${file}: ${text}: ${of}`)
      }
    }
    assert.equal(open, 0, file)
  }
}
console.log(`   the extension holds what it names; its grammar reads ${texts} texts`)
