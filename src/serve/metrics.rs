//! What is counted, as Prometheus reads it. Nothing of a dossier is among it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use conforme::decision::Outcome;

/// Upper ends of the times that are told apart, in seconds.
const ENDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 10.0];

/// How long the requests of one address took.
#[derive(Debug, Default, Clone)]
struct Times {
    /// At most so long, by end; the last is of all.
    counts: [u64; ENDS.len() + 1],
    seconds: f64,
}

/// What happened since the service began.
#[derive(Debug, Default)]
pub struct Metrics {
    answered: Mutex<BTreeMap<(&'static str, u16), u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    outcomes: [AtomicU64; OUTCOMES.len()],
    sent_back: AtomicU64,
}

/// How outcomes are named, in the order in which they are counted.
const OUTCOMES: [&str; 5] = ["favourable", "unfavourable", "incomplete", "depends_on_reading", "calculated"];

/// What stands at the moment at which it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// Requests that wait for the engine or are in it.
    pub engine: usize,
    /// Open connections.
    pub connections: usize,
    /// How often texts took the place of others.
    pub reloads: u64,
    /// Whether the folder has texts that cannot be served.
    pub behind: bool,
    /// How many policies are served.
    pub policies: usize,
}

impl Metrics {
    /// An answer to a request.
    pub fn answered(&self, route: &'static str, status: u16, took: Duration) {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        *answered.entry((route, status)).or_default() += 1;
        drop(answered);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let times = times.entry(route).or_default();
        let seconds = took.as_secs_f64();
        let rank = ENDS.iter().position(|end| seconds <= *end).unwrap_or(ENDS.len());
        if let Some(count) = times.counts.get_mut(rank) {
            *count += 1;
        }
        times.seconds += seconds;
    }

    /// A dossier that was decided.
    pub fn decided(&self, outcome: Outcome) {
        let name = super::bench::named(outcome);
        let counts = OUTCOMES.iter().zip(&self.outcomes).filter(|(own, _)| **own == name);
        counts.for_each(|(_, count)| {
            count.fetch_add(1, Ordering::Relaxed);
        });
    }

    /// A dossier that was not.
    pub fn sent_back(&self) {
        self.sent_back.fetch_add(1, Ordering::Relaxed);
    }

    /// All of it.
    pub fn text(&self, now: Now) -> String {
        let mut out = String::new();
        head(&mut out, "conforme_requests_total", "counter", "Demandes, par adresse et par réponse");
        for ((route, status), count) in self.answered.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            line(
                &mut out,
                &format!("conforme_requests_total{{route=\"{route}\",status=\"{status}\"}}"),
                count,
            );
        }
        head(&mut out, "conforme_request_seconds", "histogram", "Durée des demandes, par adresse");
        for (route, times) in self.times.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let mut all = 0;
            for (rank, count) in times.counts.iter().enumerate() {
                all += count;
                let end = ENDS.get(rank).map_or_else(|| "+Inf".to_owned(), f64::to_string);
                line(
                    &mut out,
                    &format!("conforme_request_seconds_bucket{{route=\"{route}\",le=\"{end}\"}}"),
                    all,
                );
            }
            line(&mut out, &format!("conforme_request_seconds_sum{{route=\"{route}\"}}"), times.seconds);
            line(&mut out, &format!("conforme_request_seconds_count{{route=\"{route}\"}}"), all);
        }
        head(&mut out, "conforme_dossiers_total", "counter", "Dossiers, par issue");
        let counts = self.outcomes.iter().chain([&self.sent_back]).map(|count| count.load(Ordering::Relaxed));
        for (outcome, count) in OUTCOMES.into_iter().chain(["sent_back"]).zip(counts) {
            line(&mut out, &format!("conforme_dossiers_total{{outcome=\"{outcome}\"}}"), count);
        }
        let Now { engine, connections, reloads, behind, policies } = now;
        for (name, kind, help, value) in [
            (
                "conforme_engine_requests",
                "gauge",
                "Demandes qui attendent le moteur ou l'occupent",
                engine as u64,
            ),
            ("conforme_connections", "gauge", "Connexions ouvertes", connections as u64),
            ("conforme_reloads_total", "counter", "Fois où les textes ont été relus et remplacés", reloads),
            ("conforme_texts_behind", "gauge", "1 si des textes à corriger attendent", u64::from(behind)),
            ("conforme_policies", "gauge", "Dispositifs servis", policies as u64),
        ] {
            head(&mut out, name, kind, help);
            line(&mut out, name, value);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_written_as_prometheus_reads_it() {
        let metrics = Metrics::default();
        metrics.answered("/v1/decide", 200, Duration::from_millis(4));
        metrics.answered("/v1/decide", 200, Duration::from_secs(20));
        metrics.decided(Outcome::Incomplete);
        metrics.sent_back();
        let now = Now { engine: 2, connections: 3, reloads: 4, behind: true, policies: 5 };
        let text = metrics.text(now);
        for line in [
            "conforme_requests_total{route=\"/v1/decide\",status=\"200\"} 2",
            "conforme_request_seconds_bucket{route=\"/v1/decide\",le=\"0.0025\"} 0",
            "conforme_request_seconds_bucket{route=\"/v1/decide\",le=\"0.005\"} 1",
            "conforme_request_seconds_bucket{route=\"/v1/decide\",le=\"+Inf\"} 2",
            "conforme_request_seconds_count{route=\"/v1/decide\"} 2",
            "conforme_dossiers_total{outcome=\"incomplete\"} 1",
            "conforme_dossiers_total{outcome=\"favourable\"} 0",
            "conforme_dossiers_total{outcome=\"sent_back\"} 1",
            "conforme_texts_behind 1",
            "conforme_policies 5",
        ] {
            assert!(text.lines().any(|own| own == line), "{line} in {text}");
        }
    }
}
