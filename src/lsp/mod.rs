//! The language in text editors, by the Language Server Protocol. It translates: what is known of texts is asked of
//! [`conforme::editor`], and nothing is worked out here.
//!
//! One message after another: what is answered is always about the text that the editor shows. What is said of a text is
//! worked out once nothing more waits to be read, so that fast typing costs one check and not one a letter. Only the search
//! for missing cases goes on beside it ([`search`]).

mod answers;
mod changes;
mod commands;
mod root;
mod said;
mod search;
mod server;
mod uri;

use std::error::Error;

use lsp_server::{Connection, ErrorCode, Message, Request, RequestId, Response};

use search::Outlet;
use server::Server;

/// Speaks over standard input and output until the editor says to stop.
///
/// # Errors
///
/// What broke the conversation.
pub fn run() -> Result<(), Box<dyn Error + Sync + Send>> {
    let (connection, threads) = Connection::stdio();
    converse(&connection)?;
    drop(connection);
    threads.join()?;
    Ok(())
}

/// A conversation, from its first message to its last.
fn converse(connection: &Connection) -> Result<(), Box<dyn Error + Sync + Send>> {
    let (id, params) = connection.initialize_start()?;
    let params = serde_json::from_value(params)?;
    let sender = connection.sender.clone();
    // Where nobody reads any more, the conversation ends by itself.
    let outlet = Outlet::new(move |message| drop(sender.send(message)));
    let mut server = Server::new(&params, outlet.clone());
    let ended = serve(connection, id, &mut server);
    outlet.close();
    ended
}

fn serve(
    connection: &Connection,
    id: RequestId,
    server: &mut Server,
) -> Result<(), Box<dyn Error + Sync + Send>> {
    connection.initialize_finish(id, serde_json::to_value(server::introduction())?)?;
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                let answer = answer(server, request);
                // What the answer rests on goes first: a change of files before « done ».
                for message in server.take_messages() {
                    connection.sender.send(message)?;
                }
                if let Some(answer) = answer {
                    connection.sender.send(answer.into())?;
                }
            }
            Message::Notification(told) => server.told(&told.method, told.params),
            Message::Response(_) => {}
        }
        if connection.receiver.is_empty() {
            server.check();
        }
        for message in server.take_messages() {
            connection.sender.send(message)?;
        }
    }
    Ok(())
}

/// The answer to a request; none where it will come later.
fn answer(server: &mut Server, request: Request) -> Option<Response> {
    if commands::is_search(&request) {
        let failed = |why| Response::new_err(request.id.clone(), ErrorCode::RequestFailed as i32, why);
        return commands::search(server, request.id.clone(), request.params).err().map(failed);
    }
    Some(match server.answer(&request.method, request.params) {
        Ok(Some(result)) => Response::new_ok(request.id, result),
        Ok(None) => Response::new_err(
            request.id,
            ErrorCode::MethodNotFound as i32,
            format!("« {} » n'est pas une question connue", request.method),
        ),
        // What cannot be done is told to the author in words.
        Err(why) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, why),
    })
}
