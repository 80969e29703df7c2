//! HTTP/1.1 over one kept connection: enough to measure with, and nothing between us and the socket.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Whoever says nothing for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);

/// One connection to the program, with the cookies it was given.
pub struct Client {
    /// `127.0.0.1:3000`.
    pub address: String,
    pub cookies: Vec<String>,
    stream: BufReader<TcpStream>,
}

/// An answer; `body` as it came over the wire, still compressed.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: &str) -> Result<Self> {
        let stream =
            TcpStream::connect(address).with_context(|| format!("{address} doesn't answer"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SILENCE))?;
        let (address, stream) = (address.to_owned(), BufReader::new(stream));
        Ok(Client {
            address,
            cookies: Vec::new(),
            stream,
        })
    }

    /// Another connection with the same cookies.
    pub fn another(&self) -> Result<Self> {
        Ok(Client {
            cookies: self.cookies.clone(),
            ..Client::connect(&self.address)?
        })
    }

    /// Asks for a page. `encoding` is what may come: `br` or `identity`.
    pub fn get(&mut self, path: &str, encoding: &str) -> Result<Answer> {
        let request = self.get_request(path, encoding);
        self.exchange(request.as_bytes())
    }

    /// Asks with headers of one's own, each with its line end.
    pub fn get_with(&mut self, path: &str, headers: &str) -> Result<Answer> {
        let request = self.head("GET", path, headers);
        self.exchange(request.as_bytes())
    }

    /// Sends JSON.
    pub fn post_json(&mut self, path: &str, body: &str) -> Result<Answer> {
        let kind = "content-type: application/json\r\n";
        let more = format!("{kind}content-length: {}\r\n", body.len());
        let request = self.head("POST", path, &more) + body;
        self.exchange(request.as_bytes())
    }

    /// The bytes of that question, for whoever asks it often.
    pub fn get_request(&self, path: &str, encoding: &str) -> String {
        self.head("GET", path, &format!("accept-encoding: {encoding}\r\n"))
    }

    /// Sends a form as a browser does.
    pub fn post_form(&mut self, path: &str, body: &str) -> Result<Answer> {
        let origin = format!(
            "origin: http://{0}\r\nreferer: http://{0}/login\r\n",
            self.address
        );
        let kind = "content-type: application/x-www-form-urlencoded\r\n";
        let more = format!("{origin}{kind}content-length: {}\r\n", body.len());
        let request = self.head("POST", path, &more) + body;
        self.exchange(request.as_bytes())
    }

    /// Sends a form as Twilio does.
    pub fn post_signed(
        &mut self,
        path: &str,
        form: &[(&str, &str)],
        signature: &str,
    ) -> Result<Answer> {
        let pairs: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", form_value(value)))
            .collect();
        let body = pairs.join("&");
        let kind = "content-type: application/x-www-form-urlencoded\r\n";
        let more = format!(
            "x-twilio-signature: {signature}\r\n{kind}content-length: {}\r\n",
            body.len()
        );
        let request = self.head("POST", path, &more) + &body;
        self.exchange(request.as_bytes())
    }

    fn head(&self, method: &str, path: &str, more: &str) -> String {
        let cookies = match self.cookies.as_slice() {
            [] => String::new(),
            some => format!("cookie: {}\r\n", some.join("; ")),
        };
        let address = &self.address;
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\naccept: text/html\r\n{cookies}{more}\r\n"
        )
    }

    /// Sends the bytes of a question and reads the answer; cookies in it are kept.
    pub fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        let answer = read_answer(&mut self.stream)?;
        for (_, value) in answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
        {
            self.keep_cookie(value);
        }
        Ok(answer)
    }
}

impl Client {
    /// A later cookie of the same name takes the earlier one's place.
    fn keep_cookie(&mut self, header: &str) {
        let cookie = header.split(';').next().unwrap_or_default();
        let name = cookie.split('=').next().unwrap_or_default();
        self.cookies
            .retain(|kept| kept.split('=').next() != Some(name));
        self.cookies.push(cookie.to_owned());
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(each, _)| each == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads one answer.
pub fn read_answer(stream: &mut impl BufRead) -> Result<Answer> {
    let status_line = line(stream)?;
    let status = status_line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let status = status.with_context(|| format!("not an HTTP answer: {status_line:?}"))?;
    let mut headers = Vec::new();
    loop {
        let header = line(stream)?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    answer.body = match (
        answer.header("content-length"),
        answer.header("transfer-encoding"),
    ) {
        (Some(length), _) => read_exactly(stream, length.parse()?)?,
        (None, Some("chunked")) => read_chunks(stream)?,
        _ if matches!(status, 204 | 304) => Vec::new(),
        _ => bail!("an answer without a length"),
    };
    Ok(answer)
}

fn read_chunks(stream: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(line(stream)?.split(';').next().unwrap_or_default(), 16)?;
        body.extend(read_exactly(stream, size)?);
        line(stream)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn read_exactly(stream: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the connection was closed");
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Percent-encodes a value of a form.
pub fn form_value(value: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_answers_on_one_connection_are_told_apart() {
        let wire = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi\
                    HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        let mut stream = wire.as_bytes();
        let first = read_answer(&mut stream).expect("an answer");
        let second = read_answer(&mut stream).expect("an answer");
        assert_eq!(
            (first.status, first.body.as_slice()),
            (200, b"hi".as_slice())
        );
        assert_eq!(
            (second.status, second.body.as_slice()),
            (404, b"abcd".as_slice())
        );
    }

    #[test]
    fn a_form_value_keeps_its_special_characters() {
        assert_eq!(form_value("a+b@c.org"), "a%2Bb%40c.org");
    }
}
