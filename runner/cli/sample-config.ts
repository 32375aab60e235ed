/** What somebody without a config is shown; it is a whole one. */
export const sampleConfig = `sut:
  command: node bot.js        # started before the run, stopped after it; leave out if it runs already
  port: auto                  # a free port, passed as PORT and {port}
  env: { GRAPH_URL: "{graph}" }
  webhook: http://127.0.0.1:{port}/webhook
  ready: http://127.0.0.1:{port}/health
profiles: [receiver, sender, automation]
probes:
  conversation: { http: "http://127.0.0.1:{port}/conversations/{customer}" }
limits: { ready: 20s }
`;
