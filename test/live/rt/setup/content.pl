# People, further queues and tickets of the throw-away Request Tracker, after deskbell.initialdata has been inserted.
# Prints who there is, with passwords and tokens, as JSON.
use strict;
use warnings;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
use JSON ();
use RT;
RT->LoadConfig;
RT->Init;

my $system = RT->SystemUser;
my %people;

sub must {
    my ( $done, $why ) = @_;
    die( ( $why // 'refused' ) . "\n" ) unless $done;
    return $done;
}

sub secret {
    open my $random, '<:raw', '/dev/urandom' or die $!;
    read $random, my $bytes, 12;
    return unpack 'H*', $bytes;
}

sub loaded {
    my ( $class, $how, @what ) = @_;
    my $object = $class->new($system);
    $object->$how(@what);
    die "no $class @what\n" unless $object->Id;
    return $object;
}

# --- people -----------------------------------------------------------------------------------------------------------

sub token {
    my ($user) = @_;
    my ( $done, $why, $text ) = RT::AuthToken->new($system)->Create( Owner => $user->Id, Description => 'tests' );
    must( $done, $why );
    return $text;
}

sub person {
    my ( $name, $realName, %more ) = @_;
    my $user     = RT::User->new($system);
    my $password = delete $more{Password} // secret();
    must( $user->Create(
        Name => $name, RealName => $realName, EmailAddress => "$name\@example.test", Password => $password, %more ) );
    $people{$name} = { id => $user->Id, name => $name, realName => $realName, email => "$name\@example.test",
        password => $password, token => token($user) };
    return $user;
}

person( 'alice', 'Alice Ahmadi' );
person( 'bob',   'Bob Brandt' );
my $carol = person( 'carol', 'Carol Castillo' );
person( 'dora', 'Dora Dang', Timezone => 'America/Los_Angeles', Password => "P\x{e4}ssw\x{f6}rd \x{df}" );
my $erin = person( 'erin', 'Erin Engineer', Privileged => 1 );

my $root = loaded( 'RT::User', 'Load', 'root' );
my $password = secret();
must( $root->SetPassword($password) );
$people{root} = { id => $root->Id, name => 'root', realName => 'Enoch Root', email => 'root@localhost',
    password => $password, token => token($root) };

# --- queues that lack something ---------------------------------------------------------------------------------------

my $board     = loaded( 'RT::Queue', 'Load', 'Service Board' );
my $endUsers  = loaded( 'RT::Group', 'LoadSystemInternalGroup', 'Unprivileged' );
my $engineers = RT::Group->new($system);
must( $engineers->CreateUserDefinedGroup( Name => 'Engineers' ) );
must( $engineers->AddMember( $erin->PrincipalId ) );

sub grant {
    my ( $group, $object, @rights ) = @_;
    must( $group->PrincipalObj->GrantRight( Right => $_, Object => $object ) ) for @rights;
}

sub queue {
    my ( $name, %rights ) = @_;
    my $queue = RT::Queue->new($system);
    must( $queue->Create( Name => $name ) );
    grant( $endUsers, $queue, @{ $rights{endUsers} || [] } );
    grant( loaded( 'RT::Group', 'LoadRoleGroup', Object => $queue, Name => 'Requestor' ), $queue,
        @{ $rights{requester} || [] } );
    addFields($queue) if $rights{fields};
    return $queue;
}

sub addFields {
    my ($queue) = @_;
    for my $fields ( $board->TicketCustomFields, $board->TicketTransactionCustomFields ) {
        while ( my $field = $fields->Next ) { must( $field->AddToObject($queue) ) }
    }
}

my @filing = qw(SeeQueue CreateTicket SeeCustomField SetInitialCustomField);
my @reading = qw(ShowTicket ReplyToTicket);
my @queues = (
    $board,
    # no custom field at all
    queue( 'Bare Board', endUsers => [qw(SeeQueue CreateTicket)], requester => \@reading ),
    # nobody may file
    queue( 'Closed Board', endUsers => [qw(SeeQueue SeeCustomField SetInitialCustomField)], requester => \@reading, fields => 1 ),
    # nobody may see it
    queue('Hidden Board'),
    # fields are dropped at filing
    queue( 'Forgetful Board', endUsers => [qw(SeeQueue CreateTicket SeeCustomField)], requester => \@reading, fields => 1 ),
    # filing works, the own ticket cannot be answered
    queue( 'Mute Board', endUsers => \@filing, requester => [qw(ShowTicket)], fields => 1 ),
    # filing works, the own ticket cannot be seen
    queue( 'Blind Board', endUsers => \@filing, requester => [qw(ReplyToTicket)], fields => 1 ),
);
grant( $engineers, $_, qw(SeeQueue ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket CreateTicket
    DeleteTicket OwnTicket TakeTicket StealTicket ReassignTicket SeeCustomField ModifyCustomField SetInitialCustomField) )
    for @queues;

# --- somebody with very many tickets: one that RT makes, and copies of it row by row (RT takes 70 ms for each) -----------

sub number { return ( $RT::Handle->dbh->selectrow_array( $_[0] ) )[0] }

# Copies the rows of $table that fit, $count times, each copy with other values in some columns (SQL; n counts from 1).
sub copies {
    my ( $count, $table, $where, %other ) = @_;
    my @columns = map { $_->[1] } @{ $RT::Handle->dbh->selectall_arrayref("PRAGMA table_info($table)") };
    my $values = join ', ', map { $other{$_} // "old.$_" } @columns;
    $RT::Handle->dbh->do(
        "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < $count)
         INSERT INTO $table SELECT $values FROM $table AS old, series WHERE $where" );
}

my $actor = RT::CurrentUser->new( $carol->Id );
my $first = RT::Ticket->new($actor);
my ( $id, undef, $why ) = $first->Create( Queue => $board->Id, Requestor => 'carol', Subject => 'Old request 0' );
must( $id, $why );
my $count  = $ENV{DESKBELL_RT_MANY} - 1;
my $groups = "SELECT id FROM Groups WHERE Domain = 'RT::Ticket-Role' AND Instance = $id";
my $past   = "datetime('now', '-' || n || ' hours')";
my $created = number("SELECT max(id) FROM Transactions");
# In this order: a copy's group is found by its distance to the original, and ids follow each other within a ticket.
copies( $count, 'CachedGroupMembers', "old.GroupId IN ($groups)", id => 'old.id + 6 * n', GroupId => 'old.GroupId + 4 * n',
    MemberId => "old.MemberId + 4 * n * (old.MemberId IN ($groups))", Via => 'old.Via + 6 * n',
    ImmediateParentId => 'old.ImmediateParentId + 4 * n' );
copies( $count, 'GroupMembers', "old.GroupId IN ($groups)", id => 'old.id + 2 * n', GroupId => 'old.GroupId + 4 * n' );
copies( $count, 'Principals', "old.id IN ($groups)", id => 'old.id + 4 * n' );
copies( $count, 'Groups', "old.id IN ($groups)", id => 'old.id + 4 * n', Instance => 'old.Instance + n' );
copies( $count, 'Transactions', "old.ObjectType = 'RT::Ticket' AND old.ObjectId = $id AND old.Type = 'Create'",
    id => "$created + n", ObjectId => 'old.ObjectId + n', Created => $past );
copies( $count, 'Tickets', "old.id = $id", id => 'old.id + n', EffectiveId => 'old.EffectiveId + n',
    Subject => "'Old request ' || n", Created => $past, LastUpdated => $past );

print JSON->new->ascii->canonical->encode( \%people );
