/** Images that have nothing but a distribution, and those of Go and Rust, which have little more. */
export const isDistribution = /^(debian|ubuntu|alpine|centos|fedora|rockylinux|almalinux|golang|rust)$/;

/** Programs that each small image of a distribution has. */
export const everywhere: ReadonlySet<string> = new Set(
  "apt apt-get apk rm mkdir cp mv ln chmod chown chgrp touch echo printf cat sed grep true false test [ addgroup adduser useradd groupadd usermod cd set export ldconfig find tar gzip gunzip sleep id ls head tail cut sort uniq tr xargs tee wc date env sh bash ash install update-ca-certificates dpkg dpkg-reconfigure ldd mktemp dirname basename readlink sha256sum sha1sum md5sum awk passwd exit : update-alternatives which".split(
    " ",
  ),
);
