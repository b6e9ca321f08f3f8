-- conforme in Neovim, over the real command: each thing that Neovim's own client asks, on the policies of this project.
local root = os.getenv('ROOT')
local failures = 0

local function check(what, holds, shown)
  if holds then
    print('ok    ' .. what)
  else
    failures = failures + 1
    print('FAIL  ' .. what .. ': ' .. vim.inspect(shown))
  end
end

local function plain(text) return (text:gsub('\194\160', ' '):gsub('\226\128\175', ' ')) end

vim.cmd('edit ' .. root .. '/policies/ess/ess.pol')
vim.bo.filetype = 'conforme'
local client = vim.lsp.start_client({ name = 'conforme', cmd = { os.getenv('CONFORME'), 'lsp' }, root_dir = root })
vim.lsp.buf_attach_client(0, client)
local buffer = vim.api.nvim_get_current_buf()
vim.wait(60000, function() return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized end, 50)

-- The cursor on some words, so many bytes on.
local function at(words, on)
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  for row, line in ipairs(lines) do
    local column = line:find(words, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { row, column - 1 + (on or 0) })
      return vim.lsp.util.make_position_params(0, 'utf-16')
    end
  end
  error(words .. ' is not in the text')
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 120000) or {}
  local own = answers[client] or {}
  return own.result, own.error
end

local function diagnostics(wanted)
  vim.wait(120000, function() return #vim.diagnostic.get(buffer) == wanted end, 50)
  return vim.diagnostic.get(buffer)
end

local document = { textDocument = vim.lsp.util.make_text_document_params(buffer) }

local hover = ask('textDocument/hover', at("exige taux d'adhésion", 8))
check('hover', hover and plain(hover.contents.value):find('définition : un pourcentage', 1, true), hover)

local declared = ask('textDocument/definition', at('territoire.médecins libéraux ≤', 3))
check('definition', declared and declared[1].range.start.line == 40, declared)

local params = at('territoire.médecins libéraux ≤', 3)
params.context = { includeDeclaration = true }
local all = ask('textDocument/references', params)
check('references', all and #all == 4, all)

local plan = ask('textDocument/documentSymbol', document)
local criteria = vim.tbl_filter(function(entry) return entry.detail == 'critère' end, plan or {})
check('plan', #criteria == 5, criteria)

local folds = ask('textDocument/foldingRange', document)
check('folds', folds and #folds > 50, folds and #folds)

local colours = ask('textDocument/semanticTokens/full', document)
check('colours', colours and #colours.data % 5 == 0 and #colours.data > 1000, colours and #colours.data)

local lenses = ask('textDocument/codeLens', document)
check('lenses', lenses and #lenses > 5, lenses and #lenses)

local signature = ask('textDocument/signatureHelp', at("nombre d'adhérents dont exercice est soit", 26))
check('signature', signature and signature.signatures[1].label == 'nombre de LISTE dont CONDITION', signature)

-- A name half typed: what is said, its remedy, and completion.
local row = vim.api.nvim_win_get_cursor(0)[1]
at("  exige taux d'adhésion ≥ 10 %")
row = vim.api.nvim_win_get_cursor(0)[1]
vim.api.nvim_buf_set_lines(buffer, row - 1, row, false, { "  exige tau d'adhésion ≥ 10 %" })
local told = diagnostics(1)
check('diagnostics', #told == 1 and told[1].lnum == row - 1 and told[1].col == 8, told)
local range = { start = { line = row - 1, character = 8 }, ['end'] = { line = row - 1, character = 9 } }
local actions = ask('textDocument/codeAction', { textDocument = document.textDocument, range = range, context = { diagnostics = {} } })
local remedy = actions and actions[1]
check('remedy', remedy and plain(remedy.title) == "écrire « taux d'adhésion »", actions)
if remedy then vim.lsp.util.apply_workspace_edit(remedy.edit, 'utf-16') end
check('remedy, done', vim.api.nvim_buf_get_lines(buffer, row - 1, row, false)[1] == "  exige taux d'adhésion ≥ 10 %",
  vim.api.nvim_buf_get_lines(buffer, row - 1, row, false))
check('all is well again', #diagnostics(0) == 0, vim.diagnostic.get(buffer))

vim.api.nvim_buf_set_lines(buffer, row - 1, row, false, { '  exige ' })
diagnostics(1)
local found = ask('textDocument/completion', { textDocument = document.textDocument, position = { line = row - 1, character = 8 } })
local labels = vim.tbl_map(function(item) return item.label end, found or {})
check('completion', vim.tbl_contains(labels, "taux d'adhésion") and not vim.tbl_contains(labels, 'fiche'), labels)
vim.api.nvim_buf_set_lines(buffer, row - 1, row, false, { "  exige    taux d'adhésion ≥ 10 %" })
diagnostics(0)

local edits = ask('textDocument/formatting', { textDocument = document.textDocument, options = { tabSize = 2, insertSpaces = true } })
if edits then vim.lsp.util.apply_text_edits(edits, buffer, 'utf-16') end
check('layout', vim.api.nvim_buf_get_lines(buffer, row - 1, row, false)[1] == "  exige taux d'adhésion ≥ 10 %", edits)

-- Another name, and back: the text is what it was.
local before = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
local function rename(words, on, to)
  local asked = at(words, on)
  asked.newName = to
  local edit, problem = ask('textDocument/rename', asked)
  check('rename to ' .. to, edit ~= nil, problem)
  if edit then vim.lsp.util.apply_workspace_edit(edit, 'utf-16') end
end
rename('adhérents comptés ÷', 2, 'membres comptés')
local renamed = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
check('renamed', renamed:find('vaut membres comptés ÷ effectif', 1, true) and not renamed:find('adhérents comptés', 1, true), nil)
diagnostics(0)
rename('membres comptés ÷', 2, 'adhérents comptés')
check('renamed back', table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') == before, nil)

vim.lsp.stop_client(client)
vim.cmd(failures == 0 and 'qall!' or 'cquit!')
