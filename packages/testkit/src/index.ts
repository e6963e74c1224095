export { CallRefused, Person } from './person.ts';
export { type Closed, type Frame, RawSocket, type Tracked, trackedOf, UpgradeRefused } from './raw-socket.ts';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
export { startServerOn, startTestServer, type TestServer } from './test-server.ts';
