export { BadEnvironment, type Config, readConfig } from './env.ts';
export { type RunningServer, type StartOptions, startServer } from './start-server.ts';
