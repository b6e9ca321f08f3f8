//! Options that are separated in two ways, or by a sign that is not « < »: `parmi petite < moyenne, grande`.

use super::{Reader, shown};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Name, TypeExpr};

/// What may stand between two options, by an author who ranks them or does not.
const SEPARATORS: [&str; 9] = ["<", "≤", ">", "≥", ",", ";", "/", " et ", " ou "];

impl Reader<'_> {
    /// Reads options whose signs do not agree, and reports them: what they were meant to be, and where they stand.
    pub(super) fn options_apart(&self, line: Span) -> Option<(TypeExpr, Span)> {
        const AMONG: &str = "parmi ";
        let written = self.file.slice(line);
        let colon = written.find(':')?;
        let from = colon + written.get(colon..)?.find(AMONG)? + AMONG.len();
        let told = written.get(from..)?;
        let end = [", si ", ", unique", ", à l'", ", à l’"].iter().filter_map(|next| told.find(next)).min();
        let told = told.get(..end.unwrap_or(told.len()))?.trim_end();
        if told.contains(['«', '(', '=']) || !told.contains(['<', '≤', '>', '≥']) {
            return None;
        }
        let start = line.start as usize + from;
        let (mut names, mut signs) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some((next, sign)) = SEPARATORS
            .iter()
            .filter_map(|sign| Some((at + told.get(at..)?.find(sign)?, *sign)))
            .min_by_key(|(place, _)| *place)
        {
            names.push((at, told.get(at..next)?));
            signs.push((next, sign));
            at = next + sign.len();
        }
        names.push((at, told.get(at..)?));
        let is_option = |(_, name): &(usize, &str)| name.trim().starts_with(char::is_alphabetic);
        if signs.iter().all(|(_, sign)| *sign == "<") || !names.iter().all(is_option) {
            return None;
        }
        let options: Vec<&str> = names.iter().map(|(_, name)| name.trim()).collect();
        let count = |of: &[&str]| signs.iter().filter(|(_, sign)| of.contains(sign)).count();
        let (up, down) = (count(&["<", "≤"]), count(&[">", "≥"]));
        let reversed: Vec<&str> = options.iter().rev().copied().collect();
        let whole = |by: &str, options: &[&str]| options.join(by);
        let scale =
            if up == 0 && down == signs.len() { whole(" < ", &reversed) } else { whole(" < ", &options) };
        let most = if up >= down { "<" } else { ">" };
        let kept = if up + down >= signs.len() - up - down { most } else { "," };
        let (odd, sign) = signs.iter().find(|(_, sign)| *sign != kept).or(signs.first())?;
        let sign = sign.trim();
        let lead = told.get(*odd..)?.len() - told.get(*odd..)?.trim_start().len();
        let place = Span::new(start + odd + lead, start + odd + lead + sign.len());
        let message = match sign {
            "," => {
                "« , » sépare les options d'un choix, « < » celles d'une échelle : l'un ou l'autre".to_owned()
            }
            _ if kept == "," => {
                "« , » sépare les options d'un choix, « < » celles d'une échelle : l'un ou l'autre".to_owned()
            }
            _ => format!(
                "les options d'une échelle se séparent par « < », de la plus petite à la plus grande ; lu « {sign} »"
            ),
        };
        let all = Span::new(start, start + told.len());
        let ranked = kept != ",";
        let says = if ranked { vec![scale] } else { vec![whole(", ", &options), scale] };
        let problem = Diagnostic::error("choix-ou-echelle", message).at(self.file, place, "");
        self.report(problem.instead(self.file, all, &says));
        let named = |(at, name): &(usize, &str)| {
            let skipped = name.len() - name.trim_start().len();
            let span = Span::new(start + at + skipped, start + at + skipped + name.trim().len());
            Name { text: shown(self.file.slice(span)), span }
        };
        let names = names.iter().map(named).collect();
        Some((if ranked { TypeExpr::Scale(names) } else { TypeExpr::Choice(names) }, all))
    }
}
