//! Names that stand for nothing and hold a declared name: « que profession »,
//! « au moins 800 patients ».

use super::Checker;
use super::names::{Found, Scope};
use super::tried;
use super::types::Ty;
use crate::diagnostic::Diagnostic;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::Path;
use crate::syntax::turns;

/// No declared name is looked for in a longer phrase.
const MOST_WORDS: usize = 16;

/// Words before a number and what they are in signs.
const BOUNDS: [(&str, &str); 4] =
    [("au moins ", "≥"), ("au plus ", "≤"), ("plus de ", ">"), ("moins de ", "<")];

/// Words that turn what a name says into its contrary, or say more of it.
const TURNING: [&str; 24] = [
    "pas",
    "non",
    "ne",
    "n",
    "ni",
    "sans",
    "aucun",
    "aucune",
    "jamais",
    "absence",
    "hors",
    "sauf",
    "excepté",
    "hormis",
    "moins",
    "plus",
    "avant",
    "après",
    "moitié",
    "double",
    "tiers",
    "quart",
    "supérieur",
    "inférieur",
];

/// What stands between a share and what it is of.
const OF: [&str; 6] = [" de la ", " de l'", " des ", " du ", " de ", " d'"];

/// Whether some words in a row are a name.
fn names_something(part: &str, readable: impl Fn(&str) -> bool) -> bool {
    let words: Vec<&str> = part.split([' ', '\'']).filter(|word| !word.is_empty()).collect();
    (1..=words.len()).any(|long| words.windows(long).any(|run| readable(&run.join(" "))))
}

impl Checker<'_> {
    /// What is said of a phrase that holds a declared name.
    pub(super) fn phrase(&self, path: &Path, scope: Scope) -> Option<Diagnostic> {
        let text = &*path.text;
        let words: Vec<&str> = text.split(' ').collect();
        if words.len() > MOST_WORDS || self.file.slice(path.span) != text {
            return None;
        }
        let readable = |name: &str| matches!(self.names.resolve(name, scope), Found::Symbol(_));
        let before = self.file.text().get(..path.span.start as usize)?;
        let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;

        if let Some(name) =
            ["que ", "qu'"].iter().find_map(|that| text.strip_prefix(that)).filter(|n| readable(n))
        {
            let that = text.get(..text.len() - name.len())?.trim_end();
            let message = match line.trim() {
                "exige" => format!("« exige » ne se suit pas de « {that} »"),
                _ => format!("« {that} » ne s'écrit pas ici"),
            };
            return Some(self.written_so(message, path.span, name));
        }
        let bound = BOUNDS.iter().find_map(|(said, sign)| {
            let rest = text.strip_prefix(said)?;
            let figures = rest.find(|c: char| !c.is_ascii_digit() && c != ' ')?;
            let (figure, name) = rest.split_at_checked(figures)?;
            (!figure.trim().is_empty() && readable(name))
                .then(|| (said.trim_end(), format!("{name} {sign} {}", figure.trim())))
        });
        if let Some((said, written)) = bound {
            let message = format!("« {said} » s'écrit par un signe, après ce qui se compte");
            return Some(self.written_so(message, path.span, &written));
        }
        if let Some(name) = line.strip_suffix(" ou ").or_else(|| line.strip_suffix(" et ")).and_then(|line| {
            let above: Vec<&str> = line.split(' ').collect();
            let first = above.len().saturating_sub(MOST_WORDS);
            (first..above.len()).filter(|start| readable(&above[*start..].join(" "))).find_map(|start| {
                (start + 1..above.len())
                    .map(|end| format!("{} {text}", above[start..end].join(" ")))
                    .find(|name| readable(name))
            })
        }) {
            let message = format!("nom inconnu : « {text} »");
            return Some(
                Diagnostic::error("nom-inconnu", message)
                    .at(self.file, path.span, "un nom s'écrit en entier")
                    .instead(self.file, path.span, &[name]),
            );
        }
        let mut parted = OF.iter().filter_map(|of| text.split_once(of));
        if let Some((share, whole)) = parted.find(|(a, b)| readable(a) && readable(b)) {
            let is_share = matches!(self.names.resolve(share, scope), Found::Symbol(symbol)
                if self.what_type(symbol.what) == Some(Ty::Of(Type::Percent)));
            let message = format!("une part s'écrit « {share} × {whole} »");
            return is_share.then(|| self.written_so(message, path.span, &format!("{share} × {whole}")));
        }
        // « siège social dans la commune » for `siège dans la commune`: one word more.
        let said = tried::content(text);
        let whole = self.names.said_whole(&said, tried::content);
        let turns = |word: &str| TURNING.contains(&word.split('\'').next().unwrap_or(word));
        if let Some(name) = whole.filter(|name| {
            let one_more = tried::content(name).len() + 1 == said.len();
            one_more && !name.contains('.') && !text.contains(*name) && !words.iter().any(|word| turns(word))
        }) {
            let message = format!("nom inconnu : « {text} »");
            let label = "aucun fait ni définition ne porte ce nom";
            let problem = Diagnostic::error("nom-inconnu", message).at(self.file, path.span, label);
            return Some(problem.instead(self.file, path.span, &[name]));
        }
        let runs = (1..words.len()).rev().flat_map(|long| words.windows(long));
        // Never the element that is being written: it would read itself.
        let own = self.names.item_at(path.span.start);
        let name = runs.map(|run| run.join(" ")).find(|name| readable(name) && own != Some(name))?;
        // The other words name something too: alone it would leave that out.
        let others = text.replacen(&name, "\n", 1);
        let option =
            |name: &str| self.choices.iter().any(|choice| choice.options.iter().any(|o| **o == *name));
        if others.split('\n').any(|part| names_something(part, |name| readable(name) || option(name))) {
            return None;
        }
        // « trois mois de loyer » is no « loyer ».
        if words.windows(2).any(|pair| turns::quantity(&pair.join(" ")).is_some()) {
            return None;
        }
        // Alone it would say the contrary of what is written, or leave a part of it out.
        if words.iter().any(|word| TURNING.contains(&word.split('\'').next().unwrap_or(word))) {
            return None;
        }
        let message = format!("nom inconnu : « {text} »");
        Some(
            Diagnostic::error("nom-inconnu", message)
                .at(self.file, path.span, "aucun fait ni définition ne porte ce nom")
                .help(format!(
                    "« {name} » est déclaré : l'écrire seul, sans les autres mots, s'il s'agit de lui"
                )),
        )
    }

    /// `habite la commune sauf si …`: an exception that is written on the line of the rule. No name near it is
    /// proposed: without its `sauf` the line would demand the contrary.
    pub(super) fn excepted(&self, path: &Path) -> Option<Diagnostic> {
        let at = path.text.split(' ').position(|word| word == "sauf")?;
        let own = self.file.slice(path.span);
        let start =
            path.span.start as usize + own.find("sauf").filter(|_| at > 0 || own.starts_with("sauf"))?;
        Some(crate::syntax::exception_on_the_line(self.file, Span::new(start, start + "sauf".len())))
    }

    fn written_so(&self, message: String, span: Span, text: &str) -> Diagnostic {
        Diagnostic::error("tournure", message).at(self.file, span, "").instead(self.file, span, &[text])
    }
}
