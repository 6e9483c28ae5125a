/** Programs that each small image of a distribution has. */
export const everywhere: ReadonlySet<string> = new Set(
  "apt apt-get apk rm mkdir cp mv ln chmod chown chgrp touch echo printf cat sed grep true false test [ addgroup adduser useradd groupadd usermod cd set export ldconfig find tar gzip gunzip sleep id ls head tail cut sort uniq tr xargs tee wc date env sh bash ash install update-ca-certificates dpkg dpkg-reconfigure ldd mktemp dirname basename readlink sha256sum sha1sum md5sum awk passwd exit : update-alternatives which".split(
    " ",
  ),
);
