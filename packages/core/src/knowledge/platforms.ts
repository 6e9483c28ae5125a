/** Where an image runs, in the terms of an image index. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
}

/** Reads `linux/arm64/v8` in containerd's normal form, which is `linux/arm64`; `null` for text that names no platform. */
export function parsePlatform(text: string): Platform | null {
  const [os = "", architecture = "", variant = null, ...rest] = text.toLowerCase().split("/");
  return os === "" || architecture === "" || rest.length > 0 ? null : normalise({ os, architecture, variant });
}

export function formatPlatform(platform: Platform): string {
  const { os, architecture, variant } = normalise(platform);
  return variant === null ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** A builder for linux/arm/v7 also runs v6; other variants have to be the same, or not said. */
export function isPlatformServed(wanted: Platform, offered: Platform): boolean {
  const a = normalise(wanted);
  const b = normalise(offered);
  if (a.os !== b.os || a.architecture !== b.architecture) return false;
  return a.architecture === "arm" ? armLevel(b) <= armLevel(a) : a.variant === b.variant || b.variant === null;
}

const armLevel = ({ variant }: Platform): number => Number(variant?.slice(1) ?? 7);

/** As `platforms.Normalize` of containerd. */
function normalise({ os, architecture, variant }: Platform): Platform {
  const system = os === "macos" ? "darwin" : os;
  switch (architecture) {
    case "x86_64":
    case "x86-64":
    case "amd64":
      return { os: system, architecture: "amd64", variant: variant === "v1" ? null : variant };
    case "aarch64":
    case "arm64":
      return { os: system, architecture: "arm64", variant: variant === "8" || variant === "v8" ? null : variant };
    case "i386":
      return { os: system, architecture: "386", variant: null };
    case "armhf":
      return { os: system, architecture: "arm", variant: "v7" };
    case "armel":
      return { os: system, architecture: "arm", variant: "v6" };
    case "arm":
      return { os: system, architecture: "arm", variant: variant === null ? "v7" : variant.replace(/^(?=\d)/, "v") };
    default:
      return { os: system, architecture, variant };
  }
}
