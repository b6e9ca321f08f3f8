// An editor over the real command, by the client library of VS Code.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import protocol from 'vscode-languageserver-protocol/node'

const {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter,
  InitializeRequest, InitializedNotification, ShutdownRequest, ExitNotification,
  DidOpenTextDocumentNotification, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification,
  PublishDiagnosticsNotification, ApplyWorkspaceEditRequest,
} = protocol

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const conforme = process.env.CONFORME ?? join(root, 'target/debug/conforme')

// A folder of policies of its own, for what is written in it to hurt nobody.
export function policies() {
  const folder = mkdtempSync(join(tmpdir(), 'conforme-editors-'))
  cpSync(join(root, 'policies'), join(folder, 'policies'), { recursive: true })
  return folder
}

export class Editor {
  constructor(folder) {
    this.folder = folder
    this.process = spawn(conforme, ['lsp'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout), new StreamMessageWriter(this.process.stdin))
    this.documents = new Map()
    this.published = new Map()
    this.waiting = []
    this.edits = []
    this.connection.onNotification(PublishDiagnosticsNotification.type, told => {
      this.published.set(told.uri, told)
      this.waiting = this.waiting.filter(one => !one(told))
    })
    this.connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      this.edits.push(edit)
      return { applied: true }
    })
    this.connection.onRequest('workspace/codeLens/refresh', () => null)
    this.connection.onRequest('workspace/inlayHint/refresh', () => null)
    this.connection.listen()
  }

  async start() {
    const introduced = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(this.folder).href,
      workspaceFolders: null,
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
        textDocument: { completion: { completionItem: { snippetSupport: true } } },
      },
    })
    await this.connection.sendNotification(InitializedNotification.type, {})
    return introduced
  }

  uri(path) { return pathToFileURL(join(this.folder, path)).href }
  text(path) { return this.documents.get(path).text }

  async open(path, text = readFileSync(join(this.folder, path), 'utf8')) {
    this.documents.set(path, { text, version: 1 })
    const languageId = path.endsWith('.pol') ? 'conforme' : 'yaml'
    const told = this.told(path, 1)
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), languageId, version: 1, text },
    })
    return told
  }

  // What is said of a file once it is at this version.
  told(path, version) {
    const uri = this.uri(path)
    return new Promise(resolve => {
      this.waiting.push(told => {
        const is = told.uri === uri && (told.version ?? version) >= version
        if (is) resolve(told.diagnostics)
        return is
      })
    })
  }

  // Changes a text by one edit, and gives what is said of it then.
  async change(path, range, text) {
    const document = this.documents.get(path)
    const lines = document.text.split('\n')
    const offset = ({ line, character }) =>
      lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character
    document.text = document.text.slice(0, offset(range.start)) + text + document.text.slice(offset(range.end))
    document.version += 1
    const told = this.told(path, document.version)
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), version: document.version }, contentChanges: [{ range, text }],
    })
    return told
  }

  async replace(path, text) {
    const document = this.documents.get(path)
    document.text = text
    document.version += 1
    const told = this.told(path, document.version)
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), version: document.version }, contentChanges: [{ text }],
    })
    return told
  }

  async close(path) {
    this.documents.delete(path)
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: this.uri(path) } })
  }

  // Where some words stand in a text, so many letters on.
  at(path, words, on = 0) {
    const text = this.text(path)
    const start = text.indexOf(words)
    if (start < 0) throw new Error(`${words}: not in ${path}`)
    const before = text.slice(0, start + on).split('\n')
    return { line: before.length - 1, character: before.at(-1).length }
  }

  async ask(method, path, words, on, more = {}) {
    return this.connection.sendRequest(method, {
      textDocument: { uri: this.uri(path) }, position: this.at(path, words, on), ...more,
    })
  }

  async document(method, path, more = {}) {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...more })
  }

  async stop() {
    await this.connection.sendRequest(ShutdownRequest.type)
    await this.connection.sendNotification(ExitNotification.type)
    await new Promise(resolve => this.process.on('exit', resolve))
    this.connection.dispose()
  }
}

// The words of a text within a range.
export function words(text, { start, end }) {
  const lines = text.split('\n')
  if (start.line === end.line) return lines[start.line].slice(start.character, end.character)
  return [lines[start.line].slice(start.character), ...lines.slice(start.line + 1, end.line),
    lines[end.line].slice(0, end.character)].join('\n')
}

// A text with edits made, the last ones first.
export function edited(text, edits) {
  const lines = text.split('\n')
  const offset = ({ line, character }) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((made, { range, newText }) => made.slice(0, offset(range.start)) + newText + made.slice(offset(range.end)), text)
}
