import { startServer } from "@stagewright/server";

startServer();
