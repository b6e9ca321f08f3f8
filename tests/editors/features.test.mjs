// Everything that an editor asks, over the real command, on the policies of this project. What is expected was worked out by
// hand on the texts, which each line shows.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import protocol from 'vscode-languageserver-protocol/node'
import { Editor, conforme, edited, policies, words } from './client.mjs'

const ESS = 'policies/ess/ess.pol'
const CASE = 'policies/ess/cases/01-favorable.yaml'
const folder = policies()
const editor = new Editor(folder)
// What French typography puts between words is a plain space here.
const plain = text => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'")

before(async () => {
  await editor.start()
  await editor.open(ESS)
  await editor.open(CASE)
})
after(() => editor.stop())

test('a text without a mistake is told so, and a mistake as it is typed', async () => {
  assert.deepEqual(editor.published.get(editor.uri(ESS)).diagnostics, [])
  const at = editor.at(ESS, "taux d'adhésion ≥ 10 %")
  const told = await editor.change(ESS, { start: at, end: { ...at, character: at.character + 4 } }, 'tau')
  assert.equal(told.length, 1)
  assert.equal(told[0].code, 'nom-inconnu')
  assert.equal(words(editor.text(ESS), told[0].range), "tau d'adhésion")
  assert.match(plain(told[0].message), /vouliez-vous dire « taux d'adhésion » \?/)
  // Its remedy, taken, gives the text of before.
  const actions = await editor.document('textDocument/codeAction', ESS, { range: told[0].range, context: { diagnostics: told } })
  const remedy = actions.find(one => plain(one.title) === "écrire « taux d'adhésion »")
  assert.ok(remedy?.isPreferred, JSON.stringify(actions))
  const mended = edited(editor.text(ESS), remedy.edit.changes[editor.uri(ESS)])
  assert.equal(mended, readFileSync(join(folder, ESS), 'utf8'))
  assert.deepEqual(await editor.replace(ESS, mended), [])
})

test('columns are in UTF-16, after an emoji as after accents', async () => {
  const clean = editor.text(ESS)
  const broken = clean.replace('exige taux', '# 👩‍👧 ici\n  exige 😀 taux')
  const told = await editor.replace(ESS, broken)
  const line = broken.split('\n').findIndex(one => one.includes('exige 😀'))
  assert.ok(told.some(one => one.range.start.line === line && one.range.start.character === 8), JSON.stringify(told))
  assert.deepEqual(await editor.replace(ESS, clean), [])
})

test('what a name is, under the pointer', async () => {
  const fact = await editor.ask('textDocument/hover', ESS, 'territoire.médecins libéraux ≤', 14)
  const told = plain(fact.contents.value)
  assert.match(told, /\*\*territoire\.médecins libéraux\*\* — fait : un entier/)
  assert.match(told, /Parmi les médecins du territoire, combien exercent à titre libéral, exclusif ou mixte \?/)
  // The case that is open says 30.
  assert.match(told, /dans le cas « 01-favorable » : \*\*30\*\*/)
  assert.equal(words(editor.text(ESS), fact.range), 'territoire.médecins libéraux')
  const rule = plain((await editor.ask('textDocument/hover', ESS, '- éligibilité\n', 4)).contents.value)
  assert.match(rule, /décision/)
  assert.match(rule, /> « 5 critères conditionnels à la création »/)
  assert.match(rule, /dans le cas « 01-favorable » : \*\*favorable\*\*/)
  const form = plain((await editor.ask('textDocument/hover', ESS, 'favorable si', 2)).contents.value)
  assert.match(form, /favorable si CONDITION/)
})

test('where a name is declared, and where it is read', async () => {
  const place = location => `${location.uri.split('/').at(-1)}:${location.range.start.line + 1}`
  const declared = await editor.ask('textDocument/definition', ESS, 'exercice est soit', 3)
  assert.deepEqual(declared.map(place), [`ess.pol:${editor.at(ESS, 'adhérents.exercice :').line + 1}`])
  const all = await editor.ask('textDocument/references', ESS, "taux d'adhésion ≥ 10 %", 2, { context: { includeDeclaration: true } })
  // By hand: the definition (175), the threshold (202), the aim (235), and the amendments that reword the threshold.
  const own = all.map(place).filter(one => one.startsWith('ess.pol'))
  assert.deepEqual(own, ['ess.pol:175', 'ess.pol:202', 'ess.pol:235'])
  const option = await editor.ask('textDocument/references', ESS, 'libéraux : selon', 2, { context: { includeDeclaration: false } })
  assert.deepEqual(option.map(place).filter(one => one.startsWith('ess.pol')), ['ess.pol:164', 'ess.pol:168'])
})

test('another name goes to the text, its amendments and its cases, and back', async () => {
  const uri = editor.uri(ESS)
  const made = await editor.ask('textDocument/rename', ESS, 'territoire.médecins libéraux ≤', 14, { newName: 'praticiens libéraux' })
  const files = Object.keys(made.changes)
  assert.ok(files.some(one => one.endsWith('/cases/01-favorable.yaml')))
  assert.equal(made.changes[uri].length, 4)
  const renamed = edited(editor.text(ESS), made.changes[uri])
  assert.equal(renamed, editor.text(ESS).replaceAll('territoire.médecins libéraux', 'territoire.praticiens libéraux'))
  // Words of people are left as they are: labels, questions, notes, passages.
  assert.ok(renamed.includes('« médecins libéraux du territoire »'))
  const refused = editor.ask('textDocument/rename', ESS, 'territoire.médecins libéraux ≤', 14, { newName: 'médecins' })
  await assert.rejects(refused, /médecins/)
  const prepared = await editor.ask('textDocument/prepareRename', ESS, 'territoire.médecins libéraux ≤', 14)
  assert.equal(prepared.placeholder, 'médecins libéraux')
})

test('only what checks is proposed', async () => {
  const clean = editor.text(ESS)
  await editor.replace(ESS, clean.replace("exige taux d'adhésion ≥ 10 %", 'exige '))
  const found = await editor.ask('textDocument/completion', ESS, '  exige \n  sauf', 8)
  const labels = found.map(one => one.label)
  for (const wanted of ["taux d'adhésion", 'territoire.continu', 'équipe de soins spécialisés']) assert.ok(labels.includes(wanted), wanted)
  for (const unwanted of ['fiche', 'libéraux', 'adhérents', 'exercice']) assert.ok(!labels.includes(unwanted), unwanted)
  const taux = found.find(one => one.label === "taux d'adhésion")
  assert.equal(taux.textEdit.newText, "taux d'adhésion ≥ ${1:10 %}")
  await editor.replace(ESS, clean.replace('base du seuil est libéraux\n  vaut nombre', 'base du seuil est \n  vaut nombre'))
  const options = await editor.ask('textDocument/completion', ESS, 'base du seuil est \n', 18)
  assert.deepEqual(options.map(one => one.label).filter(one => !one.startsWith('base')), ['libéraux', 'tous'])
  await editor.replace(ESS, clean.replace('selon fiche « 5 critères conditionnels à la création »', 'selon fiche « 5 crit'))
  const passages = await editor.ask('textDocument/completion', ESS, 'selon fiche « 5 crit', 20)
  assert.ok(passages.some(one => one.label.startsWith('5 critères conditionnels à la création')), JSON.stringify(passages.map(one => one.label)))
  assert.deepEqual(await editor.replace(ESS, clean), [])
})

test('the form of what is being written', async () => {
  const active = ({ signatures: [form], activeParameter }) => {
    const [start, end] = form.parameters[activeParameter].label
    return [form.label, form.label.slice(start, end)]
  }
  const counted = await editor.ask('textDocument/signatureHelp', ESS, "nombre d'adhérents dont exercice est soit", 24)
  assert.deepEqual(active(counted), ['nombre de LISTE dont CONDITION', 'CONDITION'])
  const cited = await editor.ask('textDocument/signatureHelp', ESS, 'selon CSP « un ensemble de professionnels', 20)
  assert.deepEqual(active(cited), ['selon SOURCE, PLACE « PASSAGE »', 'PASSAGE'])
})

test('the plan, folds and colours', async () => {
  const plan = await editor.document('textDocument/documentSymbol', ESS)
  const criteria = plan.filter(one => one.detail === 'critère').map(one => one.name)
  assert.deepEqual(criteria, ['périmètre géographique', "seuil d'adhésion", 'périmètre médical',
    'articulation avec les structures existantes', 'intégration des professionnels hospitaliers'])
  const dossier = plan.find(one => one.detail === 'dossier')
  const members = dossier.children.find(one => one.name === 'adhérents')
  assert.deepEqual(members.children.map(one => one.name), ['adhérents.RPPS', 'adhérents.exercice'])
  const folds = await editor.document('textDocument/foldingRange', ESS)
  const threshold = editor.at(ESS, "critère seuil d'adhésion").line
  assert.deepEqual(folds.filter(one => one.startLine === threshold).map(one => one.endLine), [threshold + 7])
  const { data } = await editor.document('textDocument/semanticTokens/full', ESS)
  const lines = editor.text(ESS).split('\n')
  const said = new Map()
  const types = ['keyword', 'comment', 'string', 'variable', 'function', 'parameter', 'class', 'enumMember', 'namespace', 'enum']
  for (let at = 0, line = 0, column = 0; at < data.length; at += 5) {
    line += data[at]
    column = data[at] === 0 ? column + data[at + 1] : data[at + 1]
    if (line === threshold + 5) said.set(lines[line].slice(column, column + data[at + 2]), types[data[at + 3]])
  }
  assert.deepEqual([...said], [['exige', 'keyword'], ["taux d'adhésion", 'function']])
})

test('a text is laid out by its lines', async () => {
  const clean = editor.text(ESS)
  await editor.replace(ESS, clean.replace('  exige taux', '        exige    taux'))
  const edits = await editor.document('textDocument/formatting', ESS, { options: { tabSize: 2, insertSpaces: true } })
  assert.equal(edits.length, 1)
  assert.equal(edited(editor.text(ESS), edits), clean)
  assert.deepEqual(await editor.replace(ESS, clean), [])
})

test('a remark of concordance may be answered', async () => {
  const clean = editor.text(ESS)
  const told = await editor.replace(ESS, clean.replace("taux d'adhésion ≥ 10 %", "taux d'adhésion ≥ 12 %"))
  const remark = told.find(one => one.code === 'concordance-chiffre')
  assert.ok(remark, JSON.stringify(told))
  const actions = await editor.document('textDocument/codeAction', ESS, { range: remark.range, context: { diagnostics: [remark] } })
  const answer = actions.find(one => one.title.includes('concordance'))
  const answered = edited(editor.text(ESS), answer.edit.changes[editor.uri(ESS)])
  assert.ok(answered.includes('en raison de circonstances exceptionnelles »\n  concordance : motif « à dire »\n'), answered)
  // What stands for the reason is none: the remark stays until the author gives one.
  const begun = await editor.replace(ESS, answered)
  const left = begun.find(one => one.code === 'concordance-chiffre')
  assert.ok(left, JSON.stringify(begun))
  assert.match(plain(left.relatedInformation.map(one => one.message).join(' | ')), /le motif est encore à dire/)
  const after = await editor.replace(ESS, answered.replace('« à dire »', '« seuil relevé par convention »'))
  assert.deepEqual(after.filter(one => one.code.startsWith('concordance')), [])
  assert.deepEqual(await editor.replace(ESS, clean), [])
})

test('what cases say of rules, and what names come to in the open case', async () => {
  const lenses = await editor.document('textDocument/codeLens', ESS)
  const line = editor.at(ESS, 'critère périmètre médical').line
  const own = lenses.filter(one => one.range.start.line === line).map(one => plain(one.command.title))
  // By hand: 15-pathologie is the one case whose project is about a pathology.
  assert.ok(own.some(one => one === 'décide seul 1 cas'), own.join(' | '))
  const alone = lenses.find(one => one.range.start.line === line && one.command.title.startsWith('décide'))
  assert.deepEqual(alone.command.arguments[1].map(one => one.split('/').at(-1)), ['15-pathologie.yaml'])
  const hints = await editor.document('textDocument/inlayHint', ESS, { range: { start: { line: 0, character: 0 }, end: { line: 2000, character: 0 } } })
  const at = line => hints.filter(one => one.position.line === line).map(one => plain(one.label))
  assert.deepEqual(at(editor.at(ESS, '- territoire.médecins ≥ 10').line), ['= 34'])
  assert.deepEqual(at(editor.at(ESS, 'critère périmètre médical').line), ['= rempli'])
})

test('a dossier: its keys, its answers, its questions, its mistakes', async () => {
  const clean = editor.text(CASE)
  const question = plain((await editor.ask('textDocument/hover', CASE, 'échelon:', 3)).contents.value)
  assert.match(question, /Quel est le plus grand échelon que le territoire couvre en entier \?/)
  const declared = await editor.ask('textDocument/definition', CASE, 'échelon:', 3)
  assert.equal(declared[0].range.start.line, editor.at(ESS, 'territoire.échelon').line)
  const answers = await editor.ask('textDocument/completion', CASE, 'échelon: départemental', 9)
  assert.deepEqual(answers.map(one => one.label), ['infra-départemental', 'départemental', 'interdépartemental', 'régional', 'inconnu'])
  await editor.replace(CASE, clean.replace('  médecins: 34\n', '  \n'))
  const keys = await editor.ask('textDocument/completion', CASE, '  déjà couvert: non\n  autres ESS présentes: oui\n  ', 50)
  assert.deepEqual(keys.map(one => one.label), ['médecins'])
  const told = await editor.replace(CASE, clean.replace('exercice: mixte', 'exercice: mixt'))
  assert.equal(words(editor.text(CASE), told[0].range), 'mixt')
  const failing = await editor.replace(CASE, clean.replace('médecins: 34', 'médecins: 32').replace('décision: favorable', 'décision: défavorable'))
  assert.ok(failing.some(one => one.code === 'attendu-non-tenu' && words(editor.text(CASE), one.range) === 'décision'), JSON.stringify(failing))
  assert.deepEqual(await editor.replace(CASE, clean), [])
})

test('a case is decided, and approved', async () => {
  const run = (command, path) =>
    editor.connection.sendRequest('workspace/executeCommand', { command, arguments: [editor.uri(path)] })
  const { html } = await run('conforme.serveur.decider', CASE)
  assert.match(html, /favorable/)
  await assert.rejects(run('conforme.serveur.approuver', CASE), /rien à changer/)
  const clean = editor.text(CASE)
  await editor.replace(CASE, clean.replace('demi-journées: 12', 'demi-journées: 13').replace('dû, 2 400 €', 'dû, 2 600 €'))
  await run('conforme.serveur.approuver', CASE)
  const { changes } = editor.edits.at(-1)
  assert.deepEqual(Object.keys(changes).map(one => one.split('/').at(-1)), ['01-favorable.decision.md'])
  assert.match(plain(changes[Object.keys(changes)[0]][0].newText), /2 600 €/)
  assert.deepEqual(await editor.replace(CASE, clean), [])
})

test('the cases that are missing are looked for while the author goes on', async () => {
  const command = 'conforme.serveur.casManquants'
  const wanted = { command, arguments: [editor.uri(ESS)] }
  const given = new protocol.CancellationTokenSource()
  let done = false
  const search = editor.connection.sendRequest('workspace/executeCommand', wanted, given.token).finally(() => { done = true })
  search.catch(() => {})
  // What is asked meanwhile is answered, and a change is checked.
  const hover = await editor.ask('textDocument/hover', ESS, 'territoire.médecins ≥', 3)
  assert.match(plain(hover.contents.value), /territoire\.médecins/)
  const clean = editor.text(ESS)
  assert.equal((await editor.replace(ESS, clean.replace('exige taux', 'exige tau'))).length, 1)
  assert.deepEqual(await editor.replace(ESS, clean), [])
  assert.equal(done, false)
  await assert.rejects(editor.connection.sendRequest('workspace/executeCommand', wanted), /déjà cherchés/)
  given.cancel()
  // Of a text with a criterion and no case: one that meets it, one that does not, one that does not say.
  const text = `dispositif permis « Permis »
  en vigueur depuis le 1er janvier 2025

dossier

  âge : entier ≥ 0
    « Quel âge ? »

critère majeur
  exige âge ≥ 18

décision accord
  favorable si tous les critères sont remplis
`
  const path = 'policies/permis/permis.pol'
  assert.deepEqual(await editor.open(path, text), [])
  await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: [editor.uri(path)] })
  const written = editor.edits.at(-1).documentChanges.filter(one => one.edits)
  const dossiers = written.map(one => one.edits[0].newText)
  const ages = dossiers.map(one => Number(/^âge: (\d+)$/m.exec(one)?.[1] ?? NaN))
  assert.ok(ages.some(age => age >= 18) && ages.some(age => age < 18), dossiers.join('---\n'))
  for (const one of written) assert.match(one.textDocument.uri, /permis\/cases\/[^/]+\.yaml$/)
  // Each is a dossier in which nothing is to be corrected.
  for (const [rank, dossier] of dossiers.entries()) {
    assert.deepEqual(await editor.open(`policies/permis/cases/${rank}.yaml`, dossier), [], dossier)
  }
  // Once all is shown there is nothing more to write.
  await assert.rejects(editor.connection.sendRequest('workspace/executeCommand', { command, arguments: [editor.uri(path)] }), /chaque point est montré/)
  for (const rank of dossiers.keys()) await editor.close(`policies/permis/cases/${rank}.yaml`)
  await editor.close(path)
})

test('a thousand edits over the wire leave nothing behind', { skip: !existsSync('/proc/self/status') }, async () => {
  const path = 'policies/memoire/memoire.pol'
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${editor.process.pid}/status`, 'utf8'))[1])
  const lines = ['dispositif memoire « Mémoire »', '  en vigueur depuis le 1er janvier 2025', '',
    'source loi « Loi » dans « loi', 'dossier', '  âge : entier ≥ 0', '    « Quel âge ? 😀 »', '', 'critère majeur',
    '  selon loi « au moins dix-huit ans »', '  exige âge ≥ 18', '', 'décision accord', '  favorable si tous les critères sont remplis', '']
  await editor.open(path, lines.join('\n'))
  const edit = async rank => {
    // A path of a source, another one at each edit, and a rule.
    const { line, character } = editor.at(path, 'dans « loi', 10)
    await editor.change(path, { start: { line, character }, end: { line, character } }, String.fromCharCode(97 + rank % 26))
    await editor.replace(path, lines.join('\n').replace('dans « loi', `dans « loi${rank}.txt », texte opposable`).replace('18', String(rank)))
  }
  for (let rank = 0; rank < 150; rank++) await edit(rank)
  const before = resident()
  for (let rank = 150; rank < 500; rank++) await edit(rank)
  const grown = resident() - before
  assert.ok(grown < 16 * 1024, `${grown} kB more after 700 edits, ${before} kB before`)
  await editor.close(path)
})

// A hundred edits over the wire, some of them half pasted: what is said at the end is what the command says.
test('edits over the wire leave nothing out of step with the command', async () => {
  const clean = editor.text(ESS)
  let seed = 20261130
  const draw = most => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % most }
  const typed = ['«', '»', '\n', 'é', '😀', '\u00a0', ' exige ', '(', 'critère x\n', '10 %', '']
  for (let rank = 0; rank < 100; rank++) {
    const lines = editor.text(ESS).split('\n')
    const line = draw(lines.length)
    let character = draw(lines[line].length + 1)
    // Not between the two halves of a letter.
    if (/[\udc00-\udfff]/.test(lines[line][character] ?? '')) character -= 1
    let end = Math.min(lines[line].length, character + draw(3))
    if (/[\udc00-\udfff]/.test(lines[line][end] ?? '')) end += 1
    const told = await editor.change(ESS, { start: { line, character }, end: { line, character: end } }, typed[draw(typed.length)])
    if (rank % 25 !== 24) continue
    const said = JSON.parse(check(editor.text(ESS)))
    const lineOf = one => one.line - 1
    const expected = said.diagnostics.filter(one => one.file.endsWith('ess.pol')).map(one => `${one.code} ${lineOf(one)}`).sort()
    assert.deepEqual(told.map(one => `${one.code} ${one.range.start.line}`).sort(), expected)
  }
  assert.deepEqual(await editor.replace(ESS, clean), [])
})

function check(text) {
  const beside = policies()
  const path = join(beside, ESS)
  execFileSync('sh', ['-c', 'cat > "$1"', 'sh', path], { input: text })
  try {
    return execFileSync(conforme, ['check', 'policies', '--format', 'json'], { cwd: beside, encoding: 'utf8' })
  } catch (failed) {
    return failed.stdout
  }
}
