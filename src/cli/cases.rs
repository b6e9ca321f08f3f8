//! `conforme cases`: the cases of a policy, and those that are missing.

use conforme::probe::Sketch;
use conforme::wording::french::several;
use conforme::workshop::coverage::Coverage;
use conforme::workshop::missing::{self, Missing, Unsought};
use conforme::workshop::{report, told_apart};

use super::args::Cases;
use super::files::{self, Folder};
use super::test::book::{self, Desk, Found};
use super::test::{coverage, mutate};
use super::{TO_CORRECT, clock, output, print, suggest};

/// Lists the cases of a policy, or finds those that are missing.
pub fn run(args: &Cases) -> u8 {
    let desk = match book::open(std::slice::from_ref(&args.policy), &args.place.policies) {
        Ok(desk) => desk,
        Err(problems) => {
            output::problems(&problems);
            return TO_CORRECT;
        }
    };
    let mut code = 0;
    for id in desk.ids() {
        let errors = desk.errors(id);
        let found = desk.cases(id);
        match found {
            Ok(found) if errors.is_empty() => code = code.max(of(&desk, id, &found, args)),
            Ok(_) => {
                output::problems(&errors);
                code = TO_CORRECT;
            }
            Err(problem) => {
                output::problems(&[problem]);
                code = TO_CORRECT;
            }
        }
    }
    code
}

fn of(desk: &Desk, id: &str, found: &[Found<'_>], args: &Cases) -> u8 {
    for broken in found.iter().filter_map(|found| found.case.as_ref().err()) {
        output::problems(broken);
    }
    if !args.missing && args.write.is_none() {
        let decided = found.iter().filter_map(|found| found.case.as_ref().ok());
        let decided: Vec<_> = decided.map(|case| (case.name.as_str(), case.policy, &case.decision)).collect();
        print::out(&report::outcomes(&decided));
        return u8::from(found.iter().any(|found| found.case.is_err())) * TO_CORRECT;
    }
    let Some(today) = clock::today() else {
        output::problems(&[clock::unknown()]);
        return TO_CORRECT;
    };
    for version in desk.versions(id) {
        let policy = version.policy;
        let mut coverage = coverage::of(policy, found);
        let seeds: Vec<Sketch> = found
            .iter()
            .filter_map(|found| found.case.as_ref().ok())
            .filter(|case| std::ptr::eq(case.policy, policy))
            .map(|case| Sketch::of(policy, &case.dossier, case.decision.examined_on))
            .collect();
        let options = mutate::options(policy, today, args.budget);
        let made = missing::missing(&mut coverage, version, &seeds, &options);
        if let Err(problem) = tell(desk, &coverage, &made, options.steps, args) {
            output::problems(&[problem]);
            return TO_CORRECT;
        }
    }
    0
}

fn tell(
    desk: &Desk,
    coverage: &Coverage<'_>,
    made: &Missing,
    steps: u64,
    args: &Cases,
) -> Result<(), conforme::diagnostic::Diagnostic> {
    let policy = coverage.policy();
    let version = told_apart(policy);
    if !version.is_empty() {
        print::out(&format!("« {} »{version}\n\n", policy.id));
    }
    print::out(&report::missing(made, steps, print::stdout_look()));
    if made.unsought != Unsought::default() {
        mutate::further(desk, "cases", &policy.id, "--missing", steps);
    }
    let Some(folder) = &args.write else {
        if !made.new.is_empty() {
            let beside =
                desk.folders(&policy.id).first().map_or_else(String::new, |cases| suggest::path(cases));
            let write = desk.command("cases", &[&policy.id], &format!("--missing --write {beside}"));
            print::out(&format!("\nPour les écrire :\n  {write}\n"));
        }
        return Ok(());
    };
    let folder = Folder::make(folder)?;
    for new in &made.new {
        // What is there already is left as it is: a dossier of another version may well show the same.
        let text = missing::yaml(policy, new);
        let mut name = new.name.clone();
        for rank in 2.. {
            if folder.create(&folder.path().join(format!("{name}.yaml")), &text)? {
                break;
            }
            name = format!("{}-{rank}", new.name);
        }
    }
    let written = several(made.new.len(), "dossier écrit", "dossiers écrits");
    print::out(&format!("\n{written} dans {}\n", files::shown(folder.path())));
    Ok(())
}
