//! The policy's own text in colour: what cases have shown of it.

use super::words::point;
use super::{Coverage, Row, State};
use crate::render::Lang;
use crate::wording::french::several;
use crate::workshop::told_apart;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0}
pre{font-size:.85rem;line-height:1.55;white-space:pre-wrap}
mark{color:inherit;border-radius:.2rem;padding:0 .1rem}
.shown{background:#bfe6c8}.some{background:#ffe3a1}.none{background:#ffc2bd}
@media(prefers-color-scheme:dark){.shown{background:#1c4a2b}.some{background:#5c4300}.none{background:#6b1d17}}
mark.some,mark.none{border-bottom:2px solid currentColor}
ul{padding-left:1.2rem}
@media print{mark{border:1px solid}}
";

/// A page of its own.
pub fn report(coverage: &Coverage<'_>) -> String {
    let policy = coverage.policy();
    let (shown, all) = coverage.count();
    let title = format!("Couverture de « {} »{}", policy.id, told_apart(policy));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n",
        text(&title)
    );
    let said =
        format!("{} cas, {} sur {all}.", coverage.cases(), several(shown, "point montré", "points montrés"));
    let key = "Montré par un cas : <mark class=\"shown\">tout</mark> · <mark class=\"some\">une partie</mark> · \
               <mark class=\"none\">rien</mark>. Ce qui manque se lit en arrêtant la souris sur le passage, et plus bas.";
    out.push_str(&format!("<p>{}</p>\n<p>{key}</p>\n<pre>{}</pre>\n", text(&said), coloured(coverage)));
    let lacking = coverage.lacking();
    if !lacking.is_empty() {
        out.push_str("<h2>Ce qui manque</h2>\n<ul>\n");
        for (entry, row, own) in lacking {
            let line = format!("{} : {} : {}", entry.name, row.label, point(policy, &own));
            out.push_str(&format!("<li>{}</li>\n", text(&line)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The text, each row's passage marked; of passages within one another the inner one.
fn coloured(coverage: &Coverage<'_>) -> String {
    let file = &coverage.policy().file;
    let whole = file.text();
    let mut rows: Vec<&Row> = coverage.entries().iter().flat_map(|entry| &entry.rows).collect();
    rows.sort_by_key(|row| (row.span.len(), row.span.start));
    let mut taken: Vec<&Row> = Vec::new();
    for row in rows {
        let meets = |other: &&Row| row.span.start < other.span.end && other.span.start < row.span.end;
        if !row.span.is_empty() && !taken.iter().any(meets) {
            taken.push(row);
        }
    }
    taken.sort_by_key(|row| row.span.start);
    let mut out = String::with_capacity(whole.len() * 2);
    let mut at = 0;
    for row in taken {
        let range = row.span.range();
        out.push_str(&escaped(whole.get(at..range.start).unwrap_or("")));
        let (class, said) = state(coverage, row);
        out.push_str(&format!(
            "<mark class=\"{class}\" title=\"{}\">{}</mark>",
            text(&said),
            escaped(file.slice(row.span))
        ));
        at = range.end;
    }
    out.push_str(&escaped(whole.get(at..).unwrap_or("")));
    out
}

fn state(coverage: &Coverage<'_>, row: &Row) -> (&'static str, String) {
    let of = |wanted: State| -> Vec<String> {
        let points = row.points.iter().filter(|own| coverage.state(own) == wanted);
        points.map(|own| point(coverage.policy(), own)).collect()
    };
    let (shown, lacking) = (of(State::Shown), of(State::Lacking));
    if lacking.is_empty() {
        return ("shown", format!("montré : {}", shown.join(", ")));
    }
    let class = if shown.is_empty() { "none" } else { "some" };
    (class, format!("manque : {}", lacking.join(", ")))
}

fn text(text: &str) -> String {
    escaped(&Lang::Fr.typeset(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
