/** Variables that only the tools of a build read. */
export const buildVariables =
  /^(GO(PATH|ROOT|111MODULE|PROXY|OS|ARCH|FLAGS|SUMDB|PRIVATE|BIN)|CGO_\w+|CARGO_\w+|RUST(UP_\w+|FLAGS|C_\w+)|MAVEN_(OPTS|CONFIG|HOME)|GRADLE_(OPTS|USER_HOME|HOME)|DEBIAN_FRONTEND)$/;
