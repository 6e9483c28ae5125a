// A configuration that others extend: `extends: "@acme/stagewright-config"`.
import noDebugImage from "./no-debug-image.js";

/** @type {import("stagewright").Config} */
export default {
  extends: ["strict"],
  plugins: [{ rules: [noDebugImage] }],
  rules: {
    "acme/no-debug-image": "error",
    "pin-apt-packages": "off",
  },
  settings: {
    trustedRegistries: ["registry.acme.example"],
  },
};
