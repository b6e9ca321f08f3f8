//! The bounds of everything, in one place: the table of `docs/limites.md` states them, and each is
//! tested at the limit and one past it.

/// Greatest size of a policy file, in bytes.
pub const POLICY_BYTES: usize = 1 << 20;
/// Greatest size of the text of a source, in bytes.
pub const SOURCE_BYTES: usize = 8 << 20;
/// Greatest number of comparisons of words of quotations with what rules say, in one text.
pub const COMPARED: usize = 20_000_000;
/// Greatest number of definitions and parameters that an item may rest on to be held against what it quotes.
pub const NEAR: usize = 1_024;
/// Greatest size of a dossier, in bytes.
pub const DOSSIER_BYTES: usize = 16 << 20;
/// Greatest size of a workbook once it is unpacked, in bytes; and of the words in its cells.
pub const WORKBOOK_BYTES: usize = 64 << 20;
/// Greatest number of cells of a workbook, empty ones before the last of a row among them.
pub const WORKBOOK_CELLS: usize = 2_000_000;
/// Greatest number of clauses of one value that stand under a condition: what stands above each is worked out with
/// and without it.
pub const CONDITIONAL_CLAUSES: usize = 6;
/// Greatest exponent of a power.
pub const EXPONENT: u32 = 100;
/// Longest delay in working days.
pub const WORKING_DAYS: u16 = 1000;
/// Greatest nesting of an expression, of guillemets, or of a dossier's lists and mappings.
pub const NESTING: usize = 64;
/// Greatest depth of the tree of an expression, chains of signs included: what recurses over an
/// expression recurses no deeper.
pub const EXPRESSION_DEPTH: usize = 256;
/// Greatest number of steps of a calculation inside one another, definitions and items that it reads
/// included: what works out, explains or prints a decision recurses no deeper.
pub const CALCULATION_DEPTH: usize = 300;
/// Greatest length of one line of a policy, the lines that it goes on over included, in bytes.
pub const LINE_BYTES: usize = 1 << 16;
/// Greatest number of options of a choice, scale or reading.
pub const OPTIONS: usize = 128;
/// Greatest number of elements of a list of a dossier.
pub const LIST_LENGTH: usize = 100_000;
/// Greatest number of pairs of elements that a text holds against one another (« celui de la commune »).
pub const PAIRS: usize = 1_000_000;
/// Greatest number of combinations of readings that one item may depend on.
pub const READING_COMBINATIONS: usize = 64;
/// Greatest number of trials of one group of missing facts.
pub const TRIALS: usize = 4_096;
/// Greatest number of cells of lists that the trials of one group go through, all told: where lists are
/// long, there are fewer trials.
pub const TRIAL_CELLS: usize = 1_000_000;
/// Greatest number of times that a dossier is changed and worked out again to find what would meet one item
/// under one combination of readings; fewer where lists are long, and no further than [`TRIAL_CELLS`] answers and
/// pairs of elements that the dossier does not have.
pub const REMEDY_TRIALS: usize = 512;
/// Greatest number of trials of one amount or time limit.
pub const RANGE_TRIALS: usize = 128;
/// Greatest number of trials of what all answers to what is missing would give, of amounts and time limits.
pub const ANSWER_TRIALS: usize = 256;
/// Greatest number of answers to one question of which what they would give is worked out.
pub const ANSWER_CELLS: usize = 32;
/// Greatest number of cases that an explanation tells of one condition.
pub const CASES_TOLD: usize = 256;
/// Greatest number of answers that those cases suppose, all told.
pub const ANSWERS_TOLD: usize = 16_384;
/// Greatest number of combinations of conditions that one proof of the checker goes through.
pub const COMBINATIONS: usize = 4_096;
/// Greatest number of digits of a number, in a policy or a dossier.
pub const DIGITS: usize = 40;
/// Greatest length of the label of a fact, in characters.
pub const LABEL_LENGTH: usize = 60;
/// Greatest size of a number that is worked out, numerator and denominator each, in bits.
pub const NUMBER_BITS: u64 = 32_768;
/// Greatest size of all numbers that one calculation comes to for the elements of lists, in bits.
pub const NUMBERS_BITS: u64 = 1 << 28;
/// Size that each of them may have in any case, in bits.
pub const ELEMENT_BITS: u64 = 1_024;
/// Greatest length of a text in a dossier, in characters.
pub const TEXT_LENGTH: usize = 10_000;
/// First year that a date may fall in.
pub const FIRST_YEAR: i16 = 1600;
/// Last year that a date may fall in.
pub const LAST_YEAR: i16 = 2999;
/// Greatest duration that may be written, in years.
pub const DURATION_YEARS: i64 = 200;
/// Greatest number of values, lists and groups of a dossier, all told.
pub const VALUES: usize = 1_000_000;
/// Greatest number of texts that the amendments of one day may make, applied or not where they go only
/// to some dossiers.
pub const EDITIONS: usize = 64;
/// Greatest number of texts of one identifier, amendments included.
pub const TEXTS: usize = 200;
/// Greatest number of dossiers that are made to stand at the bounds of policies.
pub const PROBES: usize = 1_000;
/// Greatest number of dossiers of one policy whose facts are changed one by one to make others.
pub const PROBE_PARENTS: usize = 8;
/// Greatest number of values of one answer that are tried in one dossier that is made.
pub const PROBE_VALUES: usize = 36;
/// Greatest number of elements of a list of a dossier that is made.
pub const PROBE_ELEMENTS: usize = 64;
/// Steps that a search for missing cases, or for the changes that no case notices, takes where no number of
/// them is asked for: one a trial, some a decision.
pub const SEARCH_STEPS: u64 = 2_000_000;
/// Greatest number of mistakes of one file that one run spells out.
pub const MISTAKES: usize = 100;

/// Greatest size of a number that is worked out for each of so many elements, in bits.
pub const fn number_bits(elements: u64) -> u64 {
    let Some(each) = NUMBERS_BITS.checked_div(elements) else { return NUMBER_BITS };
    if each > NUMBER_BITS {
        NUMBER_BITS
    } else if each < ELEMENT_BITS {
        ELEMENT_BITS
    } else {
        each
    }
}
