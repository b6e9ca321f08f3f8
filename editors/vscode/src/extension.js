// The extension translates nothing and decides nothing: it starts « conforme lsp », and shows decisions beside dossiers.
const { existsSync } = require('node:fs')
const { spawnSync } = require('node:child_process')
const vscode = require('vscode')
const { LanguageClient, TransportKind } = require('vscode-languageclient/node')
const { found, without } = require('./words.js')

let client
let beside

// The command: the one that is set, else the one that the system finds.
function command() {
  return vscode.workspace.getConfiguration('conforme').get('commande')?.trim() || 'conforme'
}

// Why the command cannot be used, or nothing.
function missing(path) {
  if (path !== 'conforme' && !existsSync(path)) return `« ${path} » n'existe pas.`
  const tried = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10000 })
  return found(tried)
}

async function start(context) {
  const path = command()
  const why = missing(path)
  if (why) {
    const set = 'Choisir le chemin'
    const how = 'Comment l’installer'
    const answer = await vscode.window.showErrorMessage(without(why), set, how)
    if (answer === set) vscode.commands.executeCommand('workbench.action.openSettings', 'conforme.commande')
    if (answer === how) vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(context.extensionUri, 'README.md'))
    return
  }
  const server = { command: path, args: ['lsp'], transport: TransportKind.stdio }
  client = new LanguageClient('conforme', 'conforme', server, {
    documentSelector: [
      { scheme: 'file', language: 'conforme' },
      { scheme: 'file', language: 'yaml', pattern: '**/cases/**' },
      { scheme: 'file', language: 'json', pattern: '**/cases/**' },
    ],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.{pol,yaml,yml,json,md,txt}') },
  })
  await client.start()
  await vscode.commands.executeCommand('setContext', 'conforme.pret', true)
}

// Asks the server to do something with the file that is shown.
async function ask(name) {
  const editor = vscode.window.activeTextEditor
  if (!client || !editor) return undefined
  try {
    return await client.sendRequest('workspace/executeCommand', { command: name, arguments: [editor.document.uri.toString()] })
  } catch (problem) {
    vscode.window.showWarningMessage(problem.message)
    return undefined
  }
}

// The decision of the dossier that is shown, beside it; again at each save.
async function decide() {
  const editor = vscode.window.activeTextEditor
  const told = await ask('conforme.serveur.decider')
  if (!told) return
  if (!beside) {
    beside = vscode.window.createWebviewPanel('conforme.decision', 'Décision', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {})
    beside.onDidDispose(() => { beside = undefined })
  }
  beside.title = `Décision : ${editor.document.fileName.split(/[\\/]/).pop()}`
  const list = (told.problems ?? []).map(one => `<li>${one.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`)}</li>`).join('')
  beside.webview.html = told.html ?? `<!doctype html><html lang="fr"><h1>Dossier à corriger</h1><ul>${list}</ul></html>`
}

async function showCases(_text, cases) {
  const names = cases.map(uri => ({ label: decodeURIComponent(uri.split('/').pop()), uri }))
  const chosen = await vscode.window.showQuickPick(names, { placeHolder: 'Ouvrir un de ces cas' })
  if (chosen) vscode.window.showTextDocument(vscode.Uri.parse(chosen.uri), { viewColumn: vscode.ViewColumn.Beside })
}

async function activate(context) {
  const on = (name, run) => context.subscriptions.push(vscode.commands.registerCommand(name, run))
  on('conforme.decider', decide)
  on('conforme.approuver', () => ask('conforme.serveur.approuver'))
  on('conforme.casManquants', () => ask('conforme.serveur.casManquants'))
  on('conforme.montrerCas', showCases)
  on('conforme.redemarrer', async () => {
    await client?.stop()
    client = undefined
    await start(context)
  })
  context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => { if (beside?.visible) decide() }))
  await start(context)
}

function deactivate() { return client?.stop() }

module.exports = { activate, deactivate }
