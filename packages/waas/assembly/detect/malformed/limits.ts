// What is more than any honest client sends: each bound is one at which common servers, gateways or parsers give up by default.

/** Header fields: Apache's LimitRequestFields. */
export const MOST_HEADERS: i32 = 100;

/** Bytes of a header's value: Node's --max-http-header-size, for all of them together. */
export const LONGEST_HEADER: i32 = 16384;

/** Bytes of a header's name: what HAProxy and Tomcat have names for ends well before; those of IANA's registry have up to 45. */
export const LONGEST_HEADER_NAME: i32 = 256;

/** Bytes of a path or a query: CloudFront's quota for a URL, nginx's large_client_header_buffers. */
export const LONGEST_ADDRESS: i32 = 8192;

/** Cookies: what Chrome and Firefox keep for one site. */
export const MOST_COOKIES: i32 = 180;

/** Parameters of a query or a form: `parameterLimit` of Express, `max_input_vars` of PHP. */
export const MOST_PARAMETERS: i32 = 1000;

/** Levels of JSON: MaxDepth of .NET's System.Text.Json; Ruby has 100, Jackson 1000. */
export const MOST_DEPTH: i32 = 64;

/** Digits of a number: maxNumberLength of Jackson. */
export const MOST_DIGITS: i32 = 1000;

/** The largest power of ten that a double holds (IEEE 754). */
export const MOST_EXPONENT: i32 = 308;
