/** Packages of Python and Node that were, or still are, compiled against libraries of the system when they are installed. */
const names = new Set(
  (
    "psycopg2 mysqlclient mysql-python pymssql python-ldap lxml pycurl pycrypto pygraphviz pyodbc m2crypto cx-oracle xmlsec pyaudio dbus-python pycairo pygobject python-snappy rtree gdal shapely " +
    "pyproj h5py netcdf4 cartopy fiona ta-lib pylibmc sasl pykerberos gssapi uwsgi gevent pillow cffi cryptography pysqlcipher pylzma rpy2 pyscard evdev rpi.gpio pybluez python-libpcap " +
    "node-sass canvas sharp sqlite3 bcrypt pcap serialport zmq node-rdkafka grpc leveldown odbc oracledb libxmljs kerberos node-expat bluetooth-hci-socket noble usb i2c-bus pg-native mdns"
  ).split(" "),
);

/** Those of which only the source is published, or was for long: pip compiles them wherever they are installed. */
const sources = new Set("uwsgi mysqlclient mysql-python psycopg2 python-ldap pycrypto pygraphviz pylibmc m2crypto".split(" ")); // prettier-ignore

/** Those that compile code while they run, and need compilers for it. */
const compiling = new Set("pycuda pyopencl cupy theano pystan cmdstanpy brian2".split(" "));

export const compilesAtRuntime = (text: string): boolean => compiling.has(bare(text));

/** The package, as it is written on a command line, is compiled when it is installed. */
export const isNativePackage = (text: string): boolean => names.has(bare(text));

/** The package, as it is written on a command line of pip, is published as source alone. */
export const isSourcePackage = (text: string): boolean => sources.has(bare(text));

/** Without version and extras, as registries spell it. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<=.)[=<>~!@[].*$/, "")
    .replaceAll("_", "-");
