const bcrypt = require("bcrypt");
const express = require("express");
console.log("logged in");
