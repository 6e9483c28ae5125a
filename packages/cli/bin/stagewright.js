#!/usr/bin/env node
import "../../../bin/stagewright.js";
