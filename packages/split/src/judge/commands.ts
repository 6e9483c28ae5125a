/** Changes of the system that a RUN which stays behind must not make. */
export const systemChanges = new Set(
  "usermod groupmod chpasswd passwd update-rc.d locale-gen localedef update-locale systemctl service crontab a2enmod a2ensite update-alternatives visudo setcap dpkg-reconfigure pecl docker-php-ext-install docker-php-ext-enable".split(
    " ",
  ),
);

/** Commands that do the same in each stage, whatever was built before. */
export const repeatable = new Set("mkdir addgroup adduser groupadd useradd".split(" "));

/** Commands whose writing is followed, or that write into the folder they run in. */
export const followed = new Set(
  "cd set export echo printf true false : test [ ls pwd cat rm cp mv install mkdir chmod chown touch ln git hg svn tar curl wget unzip gunzip bunzip2 xz patch sed grep find xargs which env sleep sh bash configure autoreconf autogen.sh bootstrap autoconf automake aclocal libtoolize strip upx ldconfig apt-key add-apt-repository gpg sha256sum sha1sum md5sum head tail cut tr awk tee date mktemp nproc getconf uname pushd popd source . exit unset if dirname basename qmake npm bower yarn rustup protoc sync".split(
    " ",
  ),
);

export const isPackageManager = (name: string): boolean => /^(apt|apt-get|apk|yum|dnf|microdnf|apt-mark)$/.test(name);

/** The programs of packages that also people and programs use. */
export const programs: Readonly<Record<string, string>> = {
  curl: "curl",
  wget: "wget",
  unzip: "unzip",
  zip: "zip",
  bash: "bash",
  openssh: "ssh",
  "openssh-client": "ssh",
};

export const isHelper = (name: string): boolean =>
  /^(git|mercurial|subversion|curl|wget|unzip|bash|openssh-client|nodejs|npm|python3?)$/.test(name);
