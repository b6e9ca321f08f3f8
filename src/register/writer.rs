//! Who writes in a register that is served: one thread, which keeps at once all that came while it was writing.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::oneshot;

use super::Failure;
use super::store::{Kept, Record, Store};

/// The most that is kept at once.
const AT_ONCE: usize = 64;

type Asked = (Record, oneshot::Sender<Result<Kept, Failure>>);

/// Keeps what it is given.
pub struct Writer(Sender<Asked>);

impl Writer {
    /// Opens a register.
    ///
    /// # Errors
    ///
    /// It cannot be opened.
    pub fn open(path: &Path) -> Result<Writer, Failure> {
        let store = Store::open(path)?;
        let (give, asked) = channel();
        // A thread that cannot be had keeps nothing: who asks is told.
        let _ = thread::Builder::new().name("registre".to_owned()).spawn(move || write(store, &asked));
        Ok(Writer(give))
    }

    /// Keeps a decision; once it is told to be kept, it is on disk.
    ///
    /// # Errors
    ///
    /// It is not kept.
    pub async fn keep(&self, record: Record) -> Result<Kept, Failure> {
        let (give, kept) = oneshot::channel();
        self.0.send((record, give)).map_err(|_| Failure::Busy)?;
        kept.await.unwrap_or(Err(Failure::Busy))
    }
}

fn write(mut store: Store, asked: &Receiver<Asked>) {
    while let Ok(first) = asked.recv() {
        let (mut records, mut givers) = (vec![first.0], vec![first.1]);
        for (record, give) in asked.try_iter().take(AT_ONCE - 1) {
            records.push(record);
            givers.push(give);
        }
        match store.keep(&records) {
            Ok(kept) => {
                for (give, kept) in givers.into_iter().zip(kept) {
                    let _ = give.send(kept);
                }
            }
            Err(Failure::Full) => {
                // What is too much for the disk together may not be so one by one.
                for (record, give) in records.iter().zip(givers) {
                    let alone = store.keep(std::slice::from_ref(record));
                    let alone = alone.and_then(|kept| kept.into_iter().next().unwrap_or(Err(Failure::Busy)));
                    let _ = give.send(alone);
                }
            }
            Err(failure) => {
                let mut failure = Some(failure);
                for give in givers {
                    let _ = give.send(Err(failure.take().unwrap_or(Failure::Busy)));
                }
            }
        }
    }
}
