/** What `--help` prints. */
export const USAGE = `Secure Player entitlement server: accounts, rights, streams, the license proxy and the media origin.

Usage:
  npx @secure-player/entitlement-server --config <file>           start the server
  npx @secure-player/entitlement-server --config <file> --check   say whether it would start
  npx @secure-player/entitlement-server --print-example > entitlement.yaml
  npx @secure-player/entitlement-server --print-license-server-example > license-server.yaml
  npx @secure-player/entitlement-server --hash-password

Options:
  --config <file>    the configuration, in YAML or JSON
  --port <number>    listen there and not where the file says; 0 takes a free port
  --host <address>   likewise; 127.0.0.1 is this machine only, 0.0.0.0 is all its addresses
  --check            read the file and the secrets it refers to, report all that is wrong, start nothing
  --print-example    print a commented example of every option
  --print-license-server-example
                     the same for a license server of its own: a file that says role: license-server
  --hash-password    read a password from standard input (from a terminal without showing it) and print its hash,
                     for accounts[].passwordHash
  --help             print this

Secrets are not written in the file. It names where they are: { env: NAME }, an environment variable, or { file: path }, a
file of its own, relative to the configuration. Byte secrets (keySeed, keySeeds, tokenKeys[].secret) are base64; make one with
  head -c 32 /dev/urandom | base64
deviceAuthority is a private key of P-256 in PEM; make one with
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256

The address is printed on standard output once the server listens; the log is one JSON line per entry on standard error.
SIGTERM and SIGINT end it gracefully: /readyz says no, no new connections are taken, answers under way are finished for
shutdown.timeoutSeconds, then the store is closed. A second signal ends it at once.

Exit codes:
  0  it ended as it was told to, or the check found nothing
  1  it could not run: the port is taken, the store cannot be opened
  2  the command line is wrong
  3  the configuration is wrong, or a secret is missing
`;
