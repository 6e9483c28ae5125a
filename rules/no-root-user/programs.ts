import type { Command } from "@stagewright/core";

/**
 * Programs that are started as root to open ports or to watch over others, and give root up for the work itself: servers with a `user` setting,
 * supervisors, schedulers and log-in services.
 */
const startedAsRoot = new Set([
  "apache2",
  "apache2-foreground",
  "apache2ctl",
  "apachectl",
  "cron",
  "crond",
  "dnsmasq",
  "dockerd",
  "dockerd-entrypoint.sh",
  "dovecot",
  "haproxy",
  "httpd",
  "httpd-foreground",
  "init",
  "monit",
  "my_init",
  "nginx",
  "named",
  "openresty",
  "openvpn",
  "php-fpm",
  "postfix",
  "runsvdir",
  "s6-svscan",
  "slapd",
  "sshd",
  "squid",
  "supervisord",
  "systemd",
  "vsftpd",
]);

const shells = new Set(["ash", "bash", "dash", "fish", "powershell", "pwsh", "sh", "zsh"]);

/** The command gives up root by itself, or it is a shell for whoever starts the container. */
export function dropsRoot({ name, args }: Command): boolean {
  if (name === null) return false;
  if (shells.has(name)) return args.every(({ value }) => value.startsWith("-"));
  return startedAsRoot.has(name) || /^php-fpm[\d.]*$/.test(name) || name === "gosu" || name === "su-exec";
}
