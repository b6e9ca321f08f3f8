//! The texts of sources, beside the policies that declare them.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::limits;

use super::files::{self, Folder};

/// The text of a source, at a path that a policy's author wrote.
pub fn text(folder: &Folder, path: &Path, written: &Path) -> Result<String, Diagnostic> {
    let bytes = folder.read(path, limits::SOURCE_BYTES).map_err(|refused| match refused.code {
        files::OUTSIDE => Diagnostic { code: "source-hors-dossier", ..refused },
        files::NOT_FOUND => {
            let help = beside(folder, path, written);
            Diagnostic { help: help.or(refused.help.clone()), ..refused }
        }
        _ => refused,
    })?;
    String::from_utf8(bytes).map_err(|_| {
        Diagnostic::error(
            "source-illisible",
            format!("« {} » n'est pas un texte en UTF-8", files::shown(path)),
        )
        .help("l'enregistrer en UTF-8")
    })
}

/// What stands where a file is looked for, under nearly the same name, or alone; as its source should have it.
fn beside(folder: &Folder, path: &Path, written: &Path) -> Option<String> {
    let (there, _) = folder.entries(path.parent()?).ok()?;
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let texts: Vec<String> =
        there.iter().filter_map(|file| name(file)).filter(|name| name.ends_with(".txt")).collect();
    let stem = |name: &str| {
        let bare = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        conforme::text::plain_letters(bare).replace(['_', '-', ' '], "")
    };
    let wanted = stem(&name(path)?);
    let near = texts.iter().min_by_key(|own| strsim::damerau_levenshtein(&stem(own), &wanted))?;
    let close = strsim::damerau_levenshtein(&stem(near), &wanted) <= 2 || texts.len() == 1;
    close.then(|| {
        let whole = files::shown(&written.with_file_name(near));
        format!("écrire « {whole} », qui est là : une source est un texte en UTF-8")
    })
}
