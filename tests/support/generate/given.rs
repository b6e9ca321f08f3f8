//! Categories, scales whose bounds are worked out, tables, results and contributions.

use std::fmt::Write as _;

use super::Writer;

/// The last day of a value, before every drawn examination: what comes after is not known.
const UNTIL_AUGUST: &str = " jusqu'au 31 août 2025";

impl Writer<'_, '_> {
    /// A category that is worked out, by cases or by the options of a choice; what it is worth as a number.
    pub(super) fn category(&mut self, text: &mut String, rank: usize) {
        let name = format!("classe {rank}");
        let options = ["basse", "moyenne", "haute"];
        let _ = write!(text, "\ndéfinition {name} : parmi basse < moyenne < haute\n");
        let option = |writer: &mut Self| {
            let known = writer.categories.len();
            let drawn = writer.draw.below(4);
            match options.get(drawn) {
                Some(option) => (*option).to_owned(),
                None if known == 0 => "haute".to_owned(),
                None => writer.categories[writer.draw.below(known)].clone(),
            }
        };
        if self.draw.one_in(2) {
            let (first, rest) = (option(self), option(self));
            let _ = write!(text, "  vaut selon c1\n    vert : {first}\n    dans les autres cas : {rest}\n");
        } else {
            let (condition, first, rest) = (self.truth(1), option(self), option(self));
            let _ = write!(text, "  vaut {first} si {condition}\n  vaut {rest} dans les autres cas\n");
        }
        let worth = format!("poids de la {name}");
        let _ = write!(
            text,
            "\ndéfinition {worth}\n  vaut selon {name}\n    moyenne : 2\n    dans les autres cas : {}\n",
            self.number(1)
        );
        self.numbers.push(worth);
        self.categories.push(name);
    }

    /// A scale of which the bounds are worked out: the second lies above the first.
    pub(super) fn worked_out(&mut self, text: &mut String, rank: usize) {
        let name = format!("palier {rank}");
        let (bound, above) = (self.number(1), 1 + self.draw.below(4));
        // Slices start from 0; what they share out may be below it.
        let (slices, least) = match self.draw.below(3) {
            2 => (" par tranches", "  au minimum 0\n"),
            1 => ("", ""),
            _ => ("", "  au minimum 0\n"),
        };
        let read = self.draw.pick(&["n1", "(n1 - n2)", "(n1 - 4)"]);
        let _ = write!(
            text,
            "\ndéfinition seuil du {name}\n  vaut {bound}\n{least}\ndéfinition {name}\n  vaut selon {read}{slices}\n    \
             jusqu'à seuil du {name} : {}\n    plus de seuil du {name} jusqu'à (seuil du {name} + {above}) : {}\n    au-delà : {}\n",
            self.number(1),
            self.draw.below(3),
            self.number(0),
        );
        self.numbers.push(name);
    }

    /// Parameters side by side, with a value each from a day on; `open`, the last one may have ended.
    pub(super) fn columns(&mut self, open: bool) -> String {
        let mut value = || self.draw.below(6);
        let mut lines = format!(
            "  vaut {}, {} jusqu'au 30 juin 2025\n  vaut {}, {} depuis le 1er juillet 2025",
            value(),
            value(),
            value(),
            value()
        );
        if open && self.draw.one_in(2) {
            lines.push_str(self.draw.pick(&[UNTIL_AUGUST, " jusqu'au 31 décembre 2025"]));
        }
        lines.push('\n');
        if self.draw.one_in(3) {
            lines.push_str("  révisé chaque année\n");
        }
        self.numbers.extend([
            "barre".to_owned(),
            "plancher".to_owned(),
            "(plancher à la date de d1)".to_owned(),
        ]);
        format!("\nparamètre barre, plancher\n{lines}")
    }

    /// What is counted in a unit, and paid by it.
    pub(super) fn measured(&mut self) -> String {
        let unit = self.draw.pick(&["ha", "km", "heures", "kWh"]);
        let by = if unit == "heures" { "heure" } else { unit };
        let (each, of) = (self.draw.below(5), 1 + self.draw.below(4));
        let held = match self.draw.below(3) {
            0 => format!("({of} {unit} × n1) {} {each} {unit}", self.sign()),
            1 => format!("((m1 ÷ {of} {unit}) + 2 € par {by}) {} {each} € par {by}", self.sign()),
            _ => format!("({of} {unit} × {each} € par {by}) {} m1", self.sign()),
        };
        format!("\nobjectif mesure\n  selon T « mesure »\n  vise {held}\n")
    }

    /// A table by two or three things.
    pub(super) fn table(&mut self, text: &mut String, rank: usize) {
        let name = format!("case {rank}");
        let (cut, truth) = (self.draw.below(6), self.draw.one_in(2));
        let (more, any, yes, no) = match truth {
            true => (", a2", ", oui ou non", ", oui", ", non"),
            false => ("", "", "", ""),
        };
        let _ = write!(text, "\ndéfinition {name}\n  vaut selon n2, c1{more}\n");
        let _ = writeln!(text, "    jusqu'à {cut}, rouge ou vert{any} : {}", self.number(1));
        if truth {
            let _ = writeln!(text, "    jusqu'à {cut}, bleu{yes} : {}", self.number(0));
            let _ = writeln!(text, "    jusqu'à {cut}, bleu{no} : {}", self.number(1));
        } else {
            let _ = writeln!(text, "    jusqu'à {cut}, bleu : {}", self.number(1));
        }
        if self.draw.one_in(2) {
            let _ = writeln!(text, "    plus de {cut}, rouge ou vert ou bleu{any} : {}", self.number(1));
        } else {
            let _ = writeln!(text, "    de {} à {}, vert{any} : {}", cut + 1, cut + 4, self.number(1));
            let _ = writeln!(text, "    dans les autres cas : {}", self.number(1));
        }
        self.numbers.push(name);
    }

    /// What a decision gives beside fundings: values of each sort, and what the person owes.
    pub(super) fn given(&mut self, text: &mut String) {
        if self.draw.one_in(2) {
            let value = match self.draw.below(5) {
                0 => format!("{}\n  en jours", self.number(1)),
                1 => format!("d1 + {} mois", 1 + self.draw.below(4)),
                2 => self.truth(1),
                3 => "t1".to_owned(),
                _ if self.categories.is_empty() => "c1".to_owned(),
                _ => self.categories[self.draw.below(self.categories.len())].clone(),
            };
            let applies =
                if self.draw.one_in(3) { format!("  si {}\n", self.truth(1)) } else { String::new() };
            let _ = write!(text, "\nrésultat accord\n  selon T « accord »\n{applies}  vaut {value}\n");
        }
        if self.draw.one_in(3) {
            let (due, each) = (self.truth(1), 10 * (1 + self.draw.below(3)));
            let _ = write!(
                text,
                "\ncontribution participation\n  selon T « participation »\n  due si {due}\n  montant {each} € × n2\n"
            );
        }
    }
}
