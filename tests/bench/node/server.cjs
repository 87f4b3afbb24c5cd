// Node with socket.io and ws, the defaults kept: what people pick.
const http = require("node:http");
const { Server } = require("socket.io");

const server = http.createServer((request, answer) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    if (body) phones.emit("swap", JSON.parse(body));
    answer.end();
  });
});
const phones = new Server(server).of("/phone");
phones.on("connection", () => {});
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
