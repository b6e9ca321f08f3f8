// What the author is told where the command is not there.

// Why a command that was tried cannot be used; nothing where it can.
function found(tried) {
  if (tried.error?.code === 'ENOENT') return 'La commande « conforme » n’est pas installée, ou le système ne la trouve pas.'
  if (tried.error || tried.status !== 0) return 'La commande « conforme » ne répond pas.'
  if (!/^conforme /.test(tried.stdout ?? '')) return 'Cette commande n’est pas « conforme ».'
  return undefined
}

// The whole message.
function without(why) {
  return `${why} Sans elle, seules les couleurs fonctionnent ; l’extension n’installe rien d’elle-même.`
}

module.exports = { found, without }
