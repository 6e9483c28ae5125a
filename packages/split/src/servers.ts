import type { Start, Subject } from "./types.ts";

/** Images that start a server of files by themselves. */
const images = /^(nginx|nginxinc\/nginx-unprivileged|httpd|caddy|lighttpd)$/;

const programs = /^(nginx|httpd(-foreground)?|apache2ctl|apachectl|apache2-foreground|caddy|lighttpd)$/;

/** The image serves files, itself or as its base does where it says nothing, and runs no program that reads them otherwise. */
export const servesFiles = ({ image }: Pick<Subject, "image">, start: Start | null): boolean =>
  start === null ? images.test(image.familiar) : programs.test(start.program.split("/").at(-1) ?? "");
