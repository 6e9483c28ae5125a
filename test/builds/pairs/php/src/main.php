<?php

require "vendor/autoload.php";

extension_loaded("pdo_pgsql") || exit(1);

echo "The shop is open.\n";
