// The pictures of docs/editeur.md: pieces of a text as an editor shows them, drawn from what the command answers.
//   CONFORME=… CHROMIUM=… node editors/vscode/pictures.mjs     (after npm ci in tests/editors)
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Editor, policies, root } from '../../tests/editors/client.mjs'

const ESS = 'policies/ess/ess.pol'
const CASE = 'policies/ess/cases/01-favorable.yaml'
const TYPES = ['keyword', 'comment', 'string', 'variable', 'function', 'parameter', 'class', 'enumMember', 'namespace', 'enum']
const to = join(root, 'docs/images')
const work = mkdtempSync(join(tmpdir(), 'conforme-pictures-'))
const escaped = text => text.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`)

const editor = new Editor(policies())
await editor.start()
await editor.open(ESS)
await editor.open(CASE)
mkdirSync(to, { recursive: true })

// The lines of a text with their colours, what is underlined, and what stands above, after or below them.
async function lines(from, count, { squiggles = [], lenses = [], hints = [], below = {} } = {}) {
  const { data } = await editor.document('textDocument/semanticTokens/full', ESS)
  const text = editor.text(ESS).split('\n')
  const colours = new Map()
  for (let at = 0, line = 0, column = 0; at < data.length; at += 5) {
    line += data[at]
    column = data[at] === 0 ? column + data[at + 1] : data[at + 1]
    if (!colours.has(line)) colours.set(line, [])
    colours.get(line).push([column, column + data[at + 2], TYPES[data[at + 3]]])
  }
  let out = ''
  for (let line = from; line < from + count; line++) {
    const above = lenses.filter(one => one.range.start.line === line).map(one => one.command.title)
    if (above.length) out += `<div class="lens">${escaped(above.join(' | '))}</div>`
    let shown = ''
    for (let at = 0; at <= text[line].length; at++) {
      for (const hint of hints.filter(one => one.position.line === line && one.position.character === at)) {
        shown += `<i class="hint">${escaped(hint.label)}</i>`
      }
      const c = text[line][at]
      if (c === undefined) break
      const colour = colours.get(line)?.find(([start, end]) => start <= at && at < end)?.[2] ?? ''
      const wrong = squiggles.some(({ range: { start, end } }) => start.line === line && start.character <= at && at < end.character)
      shown += `<b class="${colour} ${wrong ? 'wrong' : ''}">${escaped(c)}</b>`
    }
    out += `<div class="line"><span>${line + 1}</span>${shown}</div>${below[line] ?? ''}`
  }
  return out
}

function picture(name, body, height) {
  const html = `<!doctype html><html lang="fr"><meta charset="utf-8"><style>
    body { margin: 0; padding: 14px 18px; font: 13.5px/1.55 "DejaVu Sans Mono", monospace; background: #fff; color: #24292f; width: 884px }
    b { font-weight: normal; white-space: pre } .line { white-space: pre } .line span { display: inline-block; width: 3.2em; color: #8c959f }
    .keyword { color: #a0269b } .comment { color: #57606a } .string { color: #0a6640 } .variable { color: #0550ae } .function { color: #6f42c1 }
    .class { color: #953800 } .namespace { color: #7d4e00 } .enum { color: #116329 } .enumMember { color: #116329 } .wrong { text-decoration: underline wavy #cf222e 1.5px; text-underline-offset: 3px }
    .lens { margin-left: 4.6em; font-size: 12px; color: #57606a } .hint { font-style: normal; font-size: 12px; background: #eef1f4; color: #57606a; border-radius: 3px; padding: 1px 5px; margin-left: 6px }
    .box { margin: 4px 0 6px 4.2em; border: 1px solid #d0d7de; border-radius: 4px; box-shadow: 0 2px 6px #0002; font: 13.5px/1.5 "DejaVu Sans", sans-serif; display: inline-block; max-width: 660px }
    .box p { margin: 0; padding: 5px 10px; white-space: pre-line } .box p + p { border-top: 1px solid #d8dee4 } .box .chosen { background: #ddf4ff } .box small { color: #57606a; margin-left: 1.2em }
  </style><body>${body}</body></html>`
  const page = join(work, `${name}.html`)
  writeFileSync(page, html)
  execFileSync(process.env.CHROMIUM ?? 'chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1',
    `--window-size=920,${height}`, `--screenshot=${join(to, `${name}.png`)}`, page], { stdio: 'ignore' })
}

const clean = editor.text(ESS)
const line = editor.at(ESS, "exige taux d'adhésion ≥ 10 %").line
const cases = await editor.document('textDocument/codeLens', ESS)
const hints = await editor.document('textDocument/inlayHint', ESS, { range: { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } } })
const first = editor.at(ESS, 'critère périmètre géographique').line
picture('editeur-cas', await lines(first, 12, { lenses: cases, hints }), 310)

const told = await editor.replace(ESS, clean.replace("exige taux d'adhésion", "exige tau d'adhésion"))
const actions = await editor.document('textDocument/codeAction', ESS, { range: told[0].range, context: { diagnostics: told } })
const message = `<div class="box"><p>${escaped(told[0].message)}</p><p class="chosen">→ ${escaped(actions[0].title)}</p></div>`
picture('editeur-erreur', await lines(line - 5, 8, { squiggles: told, below: { [line]: message } }), 290)

await editor.replace(ESS, clean.replace("exige taux d'adhésion ≥ 10 %", 'exige '))
const found = await editor.ask('textDocument/completion', ESS, '  exige \n  sauf', 8)
const shown = found.filter(one => !['oui', 'non'].includes(one.label)).slice(0, 8)
const list = shown.map((one, rank) => `<p class="${rank ? '' : 'chosen'}">${escaped(one.textEdit.newText.replace(/\$\{\d+:([^}]*)\}/g, '$1'))}<small>${escaped(one.detail)}</small></p>`)
picture('editeur-propositions', await lines(line - 1, 2, { below: { [line]: `<div class="box">${list.join('')}</div>` } }), 360)
await editor.stop()
