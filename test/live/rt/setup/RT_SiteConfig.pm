# The settings of a throw-away Request Tracker for tests; place and port come from the environment (rt-server.ts).
my ( $home, $port, $path ) = @ENV{qw(DESKBELL_RT_HOME DESKBELL_RT_PORT DESKBELL_RT_PATH)};

$RT::VarPath         = "$home/var";
$RT::MasonDataDir    = "$home/var/mason_data";
$RT::MasonSessionDir = "$home/var/session_data";

Set( $rtname,       'desk.test' );
Set( $Organization, 'desk.test' );
Set( $WebDomain,    '127.0.0.1' );
Set( $WebPort,      $port );
Set( $WebPath,      $path );
Set( $WebBaseURL,   "http://127.0.0.1:$port" );
Set( $Timezone,     'UTC' );

Set( $DatabaseType, 'SQLite' );
Set( $DatabaseName, "$home/var/rt.sqlite" );
# Every call with a password or token pays for it.
Set( $BcryptCost, 4 );

Set( $CorrespondAddress, 'desk@desk.test' );
Set( $CommentAddress,    'desk-comment@desk.test' );
# Mail that would leave is appended to a file below VarPath.
Set( $MailCommand, 'mbox' );

Set( $LogToSyslog, undef );
Set( $LogToSTDERR, 'warning' );
Set( $LogToFile,   undef );

1;
