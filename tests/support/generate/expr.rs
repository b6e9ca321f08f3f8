//! What a rule says, drawn at random: numbers, periods, conditions, clauses, points.

use std::fmt::Write as _;

use super::Writer;

/// Some numbers in words.
fn figure(number: usize) -> String {
    match number {
        2 => "deux".into(),
        5 => "cinq".into(),
        number => number.to_string(),
    }
}

impl Writer<'_, '_> {
    pub(in crate::support) fn number(&mut self, depth: usize) -> String {
        let constant = figure(self.draw.below(6));
        match self.draw.below(if depth == 0 { 4 } else { 13 }) {
            0 => constant,
            1 => "n1".into(),
            2 => "n2".into(),
            3 => {
                let known = self.numbers.len();
                if known == 0 { "n1".into() } else { self.numbers[self.draw.below(known)].clone() }
            }
            4 => format!("({} + {})", self.number(depth - 1), self.number(depth - 1)),
            5 => format!("({} - {})", self.number(depth - 1), self.number(depth - 1)),
            6 => format!("(nombre d'éléments dont {})", self.element(depth - 1)),
            7 => format!("(somme de éléments.poids dont {})", self.element(depth - 1)),
            8 => format!("({} × {})", self.number(depth - 1), 1 + self.draw.below(3)),
            10 => {
                let exponent = match self.draw.below(4) {
                    3 => "(le plus petit de n1, 2)".to_owned(),
                    constant => constant.to_string(),
                };
                format!("(({}) puissance {exponent})", self.number(depth - 1))
            }
            9 => {
                let (unit, step) = (
                    self.draw.pick(&["en mois entiers", "en années entières"]),
                    self.draw.pick(&["", " + 3 mois"]),
                );
                format!("(entre d1 et d2{step} {unit})")
            }
            11 => {
                let way = self.draw.pick(&["vers zéro", "inférieure", "supérieure", ""]);
                format!(
                    "((({}) ÷ 2) arrondi à l'unité{}{way})",
                    self.number(depth - 1),
                    if way.is_empty() { "" } else { " " }
                )
            }
            _ => {
                let which = self.draw.pick(&["petit", "grand"]);
                format!("(le plus {which} de {}, {})", self.number(depth - 1), self.number(depth - 1))
            }
        }
    }

    pub(in crate::support) fn sign(&mut self) -> &'static str {
        self.draw.pick(&["≥", "≤", ">", "<", "=", "≠"])
    }

    /// A condition over an element and the rest.
    pub(in crate::support) fn element(&mut self, depth: usize) -> String {
        if !self.of_each.is_empty() && self.draw.one_in(4) {
            let read = self.of_each[self.draw.below(self.of_each.len())];
            return format!("{read} {} {}", self.sign(), self.draw.below(4));
        }
        match self.draw.below(if depth == 0 { 4 } else { 8 + usize::from(self.shares) }) {
            0 => "actif".into(),
            1 => format!("genre est {}", self.draw.pick(&["x", "y", "z"])),
            2 => "genre est soit x, soit z".into(),
            3 => format!("poids {} {}", self.sign(), self.draw.below(4)),
            4 => format!("({} et {})", self.element(depth - 1), self.element(depth - 1)),
            6 => format!("d1 est dans {}", self.period("tenu")),
            7 => self.counted("tenu"),
            8 => format!("part de fonds {} {} €", self.sign(), self.draw.below(8)),
            _ => format!("({} ou {})", self.element(depth - 1), self.truth(0)),
        }
    }

    /// A period; `name` is one that is declared.
    pub(in crate::support) fn period(&mut self, name: &str) -> String {
        match self.draw.below(7) {
            0 | 1 => name.to_owned(),
            2 => format!("{name} dans l'année de d2"),
            3 => format!("{name} jusqu'à d2"),
            4 => format!("{name} depuis d1"),
            5 => format!("{name} à compter du premier jour du mois suivant d1"),
            _ => format!("part commune de {name} et du d1 au d2"),
        }
    }

    /// A comparison of what is counted in a period.
    pub(in crate::support) fn counted(&mut self, name: &str) -> String {
        let period = self.period(name);
        let sign = self.sign();
        match self.draw.below(7) {
            4 => {
                format!("(2 pour chaque mois de {period} au prorata des jours) {sign} {}", self.draw.below(8))
            }
            6 => {
                let due = self.draw.pick(&[
                    "2 € par mois pendant la durée de {P} au prorata des jours",
                    "3 € par jour pendant la durée de {P}",
                ]);
                format!("({}) {sign} {} €", due.replace("{P}", &period), self.draw.below(8))
            }
            5 => format!("mois de d1 {sign} {}", 1 + self.draw.below(12)),
            0 if name == "v1" => {
                let within = self.draw.pick(&[
                    "",
                    " dans l'année de d2",
                    " depuis d1 jusqu'à d1 + 5 mois",
                    " dans v1",
                ]);
                let filter = match self.draw.below(2) {
                    0 => String::new(),
                    _ => format!(" dont {}", self.element(0)),
                };
                let days = 20 * self.draw.below(9);
                format!("(jours couverts par éléments.tenu{within}{filter}) {sign} {days} jours")
            }
            0 | 1 => format!("jours de {period} {sign} {} jours", self.draw.pick(&["1", "32", "200"])),
            2 => format!("mois entiers de {period} {sign} {}", self.draw.below(8)),
            _ => format!("mois civils entiers de {period} {sign} {}", self.draw.below(8)),
        }
    }

    pub(in crate::support) fn truth(&mut self, depth: usize) -> String {
        match self.draw.below(if depth == 0 { 9 } else { 25 + usize::from(self.shares) }) {
            0 => "a1".into(),
            1 => "a2".into(),
            2 => {
                let known = self.truths.len();
                if known == 0 { "a3".into() } else { self.truths[self.draw.below(known)].clone() }
            }
            3 => format!("c1 est {}", self.draw.pick(&["rouge", "vert", "bleu"])),
            4 => format!("s1 {} {}", self.sign(), self.draw.pick(&["petit", "moyen", "grand"])),
            5 => "d1 ≤ date d'examen".into(),
            6 => format!("t1 est « {} »", self.draw.pick(&["alpha", "bêta"])),
            7 => {
                let known = self.readings.len();
                if known == 0 {
                    "a3".into()
                } else {
                    let reading = self.readings[self.draw.below(known)].clone();
                    format!("{reading} est {}", self.draw.pick(&["étroite", "large"]))
                }
            }
            8 => {
                let known = self.categories.len();
                if known == 0 {
                    "a3".into()
                } else {
                    let category = self.categories[self.draw.below(known)].clone();
                    format!("{category} {} {}", self.sign(), self.draw.pick(&["basse", "moyenne", "haute"]))
                }
            }
            9 => format!("(non {})", self.truth(depth - 1)),
            10 | 11 => format!("({} et {})", self.truth(depth - 1), self.truth(depth - 1)),
            12 | 13 => format!("({} ou {})", self.truth(depth - 1), self.truth(depth - 1)),
            14 => format!("{} {} {}", self.number(depth - 1), self.sign(), self.number(depth - 1)),
            15 => {
                let months = 1 + self.draw.below(8);
                format!("d2 est dans les {months} mois suivant d1")
            }
            16 => match self.draw.below(6) {
                4 => format!(
                    "d1 + {} mois, à défaut le premier du mois suivant {} d2",
                    1 + self.draw.below(3),
                    self.sign()
                ),
                5 => format!(
                    "(entre d1 et d2 en mois entiers, à défaut le premier du mois suivant) {} 1",
                    self.sign()
                ),
                0 => format!(
                    "d1 + {} jours {} {} d2",
                    1 + self.draw.below(30),
                    self.draw.pick(&["ouvrés", "ouvrables de Mayotte"]),
                    self.sign()
                ),
                1 => format!("d1 reporté au premier jour ouvrable d'Alsace-Moselle {} d2", self.sign()),
                2 => format!(
                    "jour de la semaine de d1 est {}",
                    self.draw.pick(&["samedi", "parmi lundi, mardi"])
                ),
                _ => format!("d1 + {} mois {} d2", figure(1 + self.draw.below(8)), self.sign()),
            },
            17 => format!("(tous les éléments vérifient {})", self.element(depth - 1)),
            18 => format!("(il existe un éléments dont {})", self.element(depth - 1)),
            19 => {
                // What is asked, or defined, only if a1.
                let known = self.conditional.len();
                let read = match self.draw.below(known + 1) {
                    0 => "n3".to_owned(),
                    rank => self.conditional[rank - 1].clone(),
                };
                format!("(a1 et {read} {} {})", self.sign(), self.number(depth - 1))
            }
            20 => self.counted("v1"),
            21 => format!("(v1 et {} ont des jours communs)", self.period("du d1 au d2")),
            22 => format!("(v1 et {} n'ont pas de jours communs)", self.period("du d1 au d2")),
            23 => format!("d1 est dans {}", self.period("v1")),
            25 => {
                let what = self.draw.pick(&["restant de fonds", "montant de fonds"]);
                format!("{what} {} {} €", self.sign(), self.draw.below(20))
            }
            _ => {
                let low = self.draw.below(4);
                format!("{} est entre {low} et {}", self.number(depth - 1), low + self.draw.below(4))
            }
        }
    }

    /// Clause lines under a number: clauses in one case only, exceptions of which one comes first.
    pub(in crate::support) fn under(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.draw.below(3) {
            let _ = match self.draw.below(4) {
                0 => {
                    let limit = self.draw.pick(&["au minimum", "plafonné à"]);
                    writeln!(text, "  {limit} ({}) si {}", self.number(0), self.truth(1))
                }
                1 => writeln!(text, "  au minimum {}", self.number(0)),
                2 => writeln!(text, "  sauf si {} : {}", self.truth(1), self.number(1)),
                _ => {
                    let first = format!("  sauf d'abord si {} : {}\n", self.truth(1), self.number(1));
                    writeln!(text, "{first}  sauf si {} : {}", self.truth(1), self.number(1))
                }
            };
        }
        text
    }

    pub(in crate::support) fn bullets(&mut self) -> String {
        if !self.draw.one_in(3) {
            return format!(" {}\n", self.truth(2));
        }
        let how = match self.draw.below(5) {
            0 => String::new(),
            1 => " l'un de".into(),
            2 => format!(" au moins {} de", 1 + self.draw.below(2)),
            3 => format!(" exactement {} de", 1 + self.draw.below(2)),
            _ => " aucun de".into(),
        };
        let mut text = format!("{how}\n");
        for _ in 0..2 + self.draw.below(2) {
            let _ = write!(text, "    - {}", self.truth(1));
            if self.draw.one_in(3) {
                let _ = write!(text, "  si {}", self.truth(1));
            }
            text.push('\n');
        }
        text
    }
}
