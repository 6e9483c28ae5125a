/** Values of ENV in well-known images, as their Dockerfiles on Docker Hub have them, where commands in them are read. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  golang: { GOPATH: "/go" },
  rust: { CARGO_HOME: "/usr/local/cargo", RUSTUP_HOME: "/usr/local/rustup" },
  maven: { MAVEN_HOME: "/usr/share/maven" },
  gradle: { GRADLE_HOME: "/opt/gradle" },
  php: {
    PHP_INI_DIR: "/usr/local/etc/php",
    PHPIZE_DEPS: "autoconf dpkg-dev file g++ gcc libc-dev make pkg-config re2c",
  },
  ruby: { GEM_HOME: "/usr/local/bundle", BUNDLE_APP_CONFIG: "/usr/local/bundle" },
};

/** The value of a variable that an image sets, or `null` when it is not known to. */
export function baseValue(familiar: string, name: string): string | null {
  const known = Object.hasOwn(values, familiar) ? values[familiar] : undefined;
  return known && Object.hasOwn(known, name) ? (known[name] ?? null) : null;
}
