//! Which version of the text a decision is on, and why.

use super::Words;
use crate::decision::{ChosenBy, VersionChoice};
use crate::known::DateRange;
use crate::phrase;
use crate::policy::{ExprId, TextOf};

impl Words<'_> {
    /// « texte en vigueur depuis le … »; nothing where it does not say since when.
    pub(crate) fn base_text(&self) -> String {
        let texts = &self.policy.version.texts;
        let from = texts.first().map_or(self.policy.from, |base| base.from);
        from.map_or_else(String::new, |from| {
            format!("{} {}", self.say("texte en vigueur depuis le", "text in force since"), self.date(from))
        })
    }

    /// « modifié par l'avenant n° 1 (« … »), en vigueur depuis le … », one line each.
    pub(crate) fn amendments(&self) -> Vec<String> {
        let amendments = self.policy.version.texts.iter().skip(1).map(|text| {
            let since = text.from.map_or_else(String::new, |from| {
                format!(", {} {}", self.say("en vigueur depuis le", "in force since"), self.date(from))
            });
            format!("{} {}{since}", self.say("modifié par", "amended by"), self.amendment(text))
        });
        amendments.collect()
    }

    /// « s'appuie sur « Aide socle », en vigueur depuis le … », one line each; the amendments that it has.
    pub(crate) fn leaned(&self) -> Vec<String> {
        let leaned = self.policy.version.leaned.iter().map(|leaned| {
            let mut texts = leaned.texts.iter();
            let (title, from) = texts.next().map_or((&leaned.id, None), |base| (&base.title, base.from));
            let since = from.map_or_else(String::new, |from| {
                format!(", {} {}", self.say("en vigueur depuis le", "in force since"), self.date(from))
            });
            let amended = texts
                .map(|text| format!(", {} {}", self.say("modifié par", "amended by"), self.amendment(text)));
            let title = self.quoted(&super::one_line(title));
            format!("{} {title}{since}{}", self.say("s'appuie sur", "leans on"), amended.collect::<String>())
        });
        leaned.collect()
    }

    /// « l'avenant n° 1 (« … ») ».
    pub(crate) fn amendment(&self, text: &TextOf) -> String {
        let number = text.number.map_or_else(String::new, |number| number.to_string());
        let draft = if text.draft { self.say(", projet", ", draft") } else { "" };
        format!(
            "{} {number} ({}{draft})",
            self.say("l'avenant n°", "amendment no."),
            self.quoted(&super::one_line(&text.title))
        )
    }

    /// What chose the version, and what was left out of it: one sentence each.
    pub(crate) fn version_reasons(&self, choice: Option<&VersionChoice>) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(ChosenBy::Said { words, known }) = choice.map(|choice| &choice.by) {
            let head = self.say(
                "version choisie à la date que dit le texte",
                "version chosen by the date that the text says",
            );
            said.push(format!("{head}, {} : {}", self.quoted(words), self.day_or_range(*known)));
        }
        let open = |text: &TextOf| {
            choice.is_some_and(|choice| choice.candidates.iter().any(|one| one.texts.contains(text)))
        };
        for text in self.policy.version.aside.iter().filter(|text| !open(text)) {
            let why = self.say(
                "sans effet ici, car il ne va qu'aux dossiers qui répondent à ceci :",
                "has no effect here, for it goes only to dossiers that meet this:",
            );
            let scope = text.scope.iter().map(|scope| self.scope(scope));
            let scope: Vec<String> = scope.collect();
            said.push(format!("{} : {why} {}", self.amendment(text), self.list(&scope, ("et", "and"))));
        }
        let Some(choice) = choice else { return said };
        if let Some(day) = choice.known_on {
            let head = self.say("textes tels qu'ils étaient connus le", "texts as they were known on");
            said.push(format!("{head} {}", self.date(day)));
            let unsaid = self.policy.version.texts.iter().any(|text| text.published.is_none());
            if unsaid {
                let words = self.say(
                    "un texte qui ne dit pas sa publication est tenu pour publié le jour de son entrée en vigueur",
                    "a text that does not say when it was published is held to be so on the day it comes into force",
                );
                said.push(words.to_owned());
            }
        }
        if choice.drafts {
            let words = self.say(
                "projets compris : cette décision est un essai",
                "drafts included: this decision is a trial",
            );
            said.push(words.to_owned());
        }
        said
    }

    /// To which dossiers an amendment goes, from how it is written.
    fn scope(&self, written: &str) -> String {
        let mut scopes = self.policy.version.scopes.iter().map(|(_, scope)| *scope);
        let same = |expr: &ExprId| {
            super::one_line(self.policy.file.slice(self.policy.exprs.get(*expr).span)) == written
        };
        match scopes.find(same) {
            // After a colon, it holds none of its own.
            Some(scope) => {
                let said = self.phrases().condition(scope);
                if phrase::has_colon(&said) { self.quoted(&said) } else { said }
            }
            None => written.to_owned(),
        }
    }

    fn day_or_range(&self, known: DateRange) -> String {
        if let Some(day) = known.value() {
            return self.date(day);
        }
        match (known.from, known.to) {
            (Some(from), None) => format!("{} {}", self.say("pas avant le", "not before"), self.date(from)),
            (None, Some(to)) => format!("{} {}", self.say("pas après le", "not after"), self.date(to)),
            (Some(from), Some(to)) => {
                format!(
                    "{} {} {} {}",
                    self.say("entre le", "between"),
                    self.date(from),
                    self.say("et le", "and"),
                    self.date(to)
                )
            }
            (None, None) => self.say("inconnue", "unknown").to_owned(),
        }
    }
}
