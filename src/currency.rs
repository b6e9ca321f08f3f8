//! The currencies that a text may count in: one for all of a text, and for those that it leans on.

use crate::number::Ratio;

/// A currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Currency {
    /// The euro: what a text counts in that does not say.
    #[default]
    Euro,
    /// The franc of New Caledonia, French Polynesia, Wallis and Futuna: it has no cents.
    CfpFranc,
}

impl Currency {
    /// All of them.
    pub const ALL: [Currency; 2] = [Currency::Euro, Currency::CfpFranc];

    /// What follows an amount: `€`, `F CFP`.
    pub fn sign(self) -> &'static str {
        match self {
            Currency::Euro => "€",
            Currency::CfpFranc => "F CFP",
        }
    }

    /// Its code for programs: `EUR`, `XPF`.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Euro => "EUR",
            Currency::CfpFranc => "XPF",
        }
    }

    /// How many decimals its least amount has.
    pub fn decimals(self) -> u8 {
        match self {
            Currency::Euro => 2,
            Currency::CfpFranc => 0,
        }
    }

    /// Its least amount: a cent, a franc.
    pub fn step(self) -> Ratio {
        match self {
            Currency::Euro => Ratio::new(1, 100).unwrap_or_else(Ratio::one),
            Currency::CfpFranc => Ratio::one(),
        }
    }

    /// Its least amount as roundings name it.
    pub fn least(self) -> &'static str {
        match self {
            Currency::Euro => "centime",
            Currency::CfpFranc => "franc",
        }
    }

    /// « l'euro », « le franc CFP ».
    pub fn named(self) -> &'static str {
        match self {
            Currency::Euro => "l'euro",
            Currency::CfpFranc => "le franc CFP",
        }
    }

    /// Several: « euros », « francs CFP ».
    pub fn several(self) -> &'static str {
        match self {
            Currency::Euro => "euros",
            Currency::CfpFranc => "francs CFP",
        }
    }

    /// A text of ours with examples of amounts in euros, in this currency.
    pub fn examples(self, text: &str) -> String {
        let (sign, least, several) = (self.sign(), self.least(), self.several());
        match self {
            Currency::Euro => text.to_owned(),
            Currency::CfpFranc => {
                let to = format!("au {least}");
                let said = [
                    ("des centimes ou des euros", &*format!("des {several}")),
                    ("€", sign),
                    ("au centime", &to),
                    ("à l'euro", &to),
                    ("en euros", &format!("en {several}")),
                    ("d'euros", &format!("de {least}s")),
                ]
                .into_iter()
                .fold(text.to_owned(), |text, (euros, francs)| text.replace(euros, francs));
                // What two roundings were in euros is one.
                let twice = ["", "arrondi "]
                    .into_iter()
                    .flat_map(|before| ["", " inférieur"].map(|after| format!("« {before}{to}{after} »")));
                twice.fold(said, |said, one| {
                    let joined = [", ", " ou "].map(|joint| [&one, joint, &one].concat());
                    joined.iter().fold(said, |said, both| said.replace(both.as_str(), &one))
                })
            }
        }
    }

    /// How its sign is written after an amount, the longest first.
    pub fn signs(self) -> &'static [&'static str] {
        match self {
            Currency::Euro => &["euros", "euro", "€"],
            Currency::CfpFranc => &["francs CFP", "franc CFP", "F CFP", "XPF", "francs", "franc", "F"],
        }
    }

    /// What a text says that it counts in.
    pub fn read(written: &str) -> Option<Currency> {
        Currency::ALL.into_iter().find(|currency| currency.signs().contains(&written))
    }
}
