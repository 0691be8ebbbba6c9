<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AddButton</name>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add to the knowledge base</source>
        <translation>Ajouter à la base de connaissances</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Des fichiers…</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Un dossier…</translation>
    </message>
    <message>
        <source>FAQ entry</source>
        <translation>Entrée de FAQ</translation>
    </message>
    <message>
        <source>Import FAQ from CSV…</source>
        <translation>Importer une FAQ (CSV)…</translation>
    </message>
    <message>
        <source>Export FAQ as CSV…</source>
        <translation>Exporter la FAQ (CSV)…</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Import FAQ entries</source>
        <translation>Importer des entrées de FAQ</translation>
    </message>
    <message>
        <source>The table is too large. Split it in two.</source>
        <translation>Le tableau est trop grand. Coupez-le en deux.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Le fichier est illisible&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Take it</source>
        <translation>Prendre en charge</translation>
    </message>
    <message>
        <source>Give back to the assistant</source>
        <translation>Rendre à l’assistant</translation>
    </message>
    <message>
        <source>Suggested reply</source>
        <translation>Réponse proposée</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>The assistant would answer from this</source>
        <translation>L’assistant répondrait avec ceci</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
</context>
<context>
    <name>Answering</name>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>Écrire une réponse</translation>
    </message>
    <message>
        <source>Answer in private</source>
        <translation>Répondre en privé</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Afficher de nouveau</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Rien à faire</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Remettre dans la liste</translation>
    </message>
    <message>
        <source>Open on the platform</source>
        <translation>Ouvrir sur la plateforme</translation>
    </message>
    <message>
        <source>To %1, seen by everybody</source>
        <translation>À %1, visible par tous</translation>
    </message>
    <message>
        <source>Open on %1</source>
        <translation>Ouvrir sur %1</translation>
    </message>
    <message>
        <source>To %1, in private</source>
        <translation>À %1, en privé</translation>
    </message>
    <message>
        <source>Answer in private · %1</source>
        <translation>Répondre en privé · %1</translation>
    </message>
</context>
<context>
    <name>AssistantCard</name>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Écarter</translation>
    </message>
    <message>
        <source>Suggested reply: %1</source>
        <translation>Réponse proposée&#xa0;: %1</translation>
    </message>
    <message>
        <source>needs a person</source>
        <translation>à traiter</translation>
    </message>
    <message>
        <source>To check:</source>
        <translation>À vérifier&#xa0;:</translation>
    </message>
    <message>
        <source>confidence %1 · above the threshold %2</source>
        <translation>confiance %1 · au-dessus du seuil %2</translation>
    </message>
    <message>
        <source>confidence %1 · below the threshold %2</source>
        <translation>confiance %1 · sous le seuil %2</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>image</translation>
    </message>
</context>
<context>
    <name>ChangeView</name>
    <message>
        <source>Open the conversation</source>
        <translation>Ouvrir la conversation</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Would be</source>
        <translation>Après</translation>
    </message>
</context>
<context>
    <name>ChannelFacts</name>
    <message>
        <source>Last message</source>
        <translation>Dernier message</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Autorisations</translation>
    </message>
    <message>
        <source>Delivered to us</source>
        <translation>Ce qui nous est livré</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Adresse publique</translation>
    </message>
    <message>
        <source>Last look</source>
        <translation>Dernière vérification</translation>
    </message>
    <message>
        <source>waiting for the first one</source>
        <translation>en attente du premier</translation>
    </message>
    <message>
        <source>until it is taken back</source>
        <translation>jusqu’à son retrait</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>jusqu’à %1</translation>
    </message>
    <message>
        <source>renewed ahead by itself</source>
        <translation>renouvelé de lui-même à l’avance</translation>
    </message>
    <message>
        <source>missing: %1</source>
        <translation>manque&#xa0;: %1</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>non communiquées</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>pas encore essayée</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>répond</translation>
    </message>
    <message>
        <source>none is set</source>
        <translation>aucune n’est réglée</translation>
    </message>
    <message>
        <source>does not answer as ours</source>
        <translation>ne répond pas comme la nôtre</translation>
    </message>
</context>
<context>
    <name>ChannelList</name>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
    <message>
        <source>Connect an account</source>
        <translation>Connecter un compte</translation>
    </message>
    <message>
        <source>No account is connected yet</source>
        <translation>Aucun compte n’est encore connecté</translation>
    </message>
    <message>
        <source>Connect the accounts that your customers write to.</source>
        <translation>Connectez les comptes auxquels vos clients écrivent.</translation>
    </message>
    <message>
        <source>Reading the channels…</source>
        <translation>Lecture des canaux…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Ask the owner of the inbox.</source>
        <translation>Demandez au propriétaire de la boîte.</translation>
    </message>
</context>
<context>
    <name>ChannelView</name>
    <message>
        <source>What the assistant may do</source>
        <translation>Ce que l’assistant peut faire</translation>
    </message>
    <message>
        <source>Copy the webhook address</source>
        <translation>Copier l’adresse du webhook</translation>
    </message>
    <message>
        <source>Copy the verify token</source>
        <translation>Copier le jeton de vérification</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Tester</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>Pause sending</source>
        <translation>Suspendre l’envoi</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>No public address is set.</source>
        <translation>Aucune adresse publique n’est réglée.</translation>
    </message>
    <message>
        <source>What %1 said</source>
        <translation>Ce que %1 a dit</translation>
    </message>
    <message>
        <source>Resume sending</source>
        <translation>Reprendre l’envoi</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Retirer %1&#x202f;?</translation>
    </message>
    <message>
        <source>Nothing will arrive or be sent there any more, and its access is deleted. Its conversations stay.</source>
        <translation>Plus rien n’y arrivera ni n’en partira, et son accès est effacé. Ses conversations restent.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>The webhook address is on the clipboard.</source>
        <translation>L’adresse du webhook est dans le presse-papiers.</translation>
    </message>
    <message>
        <source>The verify token is on the clipboard.</source>
        <translation>Le jeton de vérification est dans le presse-papiers.</translation>
    </message>
    <message>
        <source>The assistant here</source>
        <translation>L’assistant ici</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook (rappel HTTP)</translation>
    </message>
</context>
<context>
    <name>Channels</name>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Permission missing</source>
        <translation>Autorisation manquante</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Suspendu</translation>
    </message>
    <message>
        <source>Not subscribed</source>
        <translation>Non abonné</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Webhooks dead</source>
        <translation>Webhooks morts</translation>
    </message>
    <message>
        <source>Possible gap</source>
        <translation>Lacune possible</translation>
    </message>
    <message>
        <source>Unusually quiet</source>
        <translation>Calme inhabituel</translation>
    </message>
    <message>
        <source>Ends soon</source>
        <translation>Expire bientôt</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Pas vérifié</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Our permission was taken back. Connect the account again.</source>
        <translation>Notre autorisation a été retirée. Reconnectez le compte.</translation>
    </message>
    <message>
        <source>The platform takes our token no longer. Replies wait, and leave once the account is connected again.</source>
        <translation>La plateforme n’accepte plus notre jeton. Les réponses attendent et partiront une fois le compte reconnecté.</translation>
    </message>
    <message>
        <source>A permission is missing; this does not work: %uses.</source>
        <translation>Une autorisation manque&#x202f;; ceci ne fonctionne pas&#xa0;: %uses.</translation>
    </message>
    <message>
        <source>Sending is paused. Replies wait and leave afterwards.</source>
        <translation>L’envoi est suspendu. Les réponses attendent et partiront ensuite.</translation>
    </message>
    <message>
        <source>The platform does not deliver everything to us: %fields.</source>
        <translation>La plateforme ne nous livre pas tout&#xa0;: %fields.</translation>
    </message>
    <message>
        <source>Platforms do not reach us at our public address. New messages may come late or not at all.</source>
        <translation>Les plateformes ne nous joignent pas à notre adresse publique. De nouveaux messages peuvent arriver en retard, ou pas du tout.</translation>
    </message>
    <message>
        <source>Messages were only found by asking the platform: its notices no longer reach us.</source>
        <translation>Des messages n’ont été trouvés qu’en interrogeant la plateforme&#xa0;: ses avis ne nous parviennent plus.</translation>
    </message>
    <message>
        <source>Possible gap from %from to %to: nobody listened, and the platform cannot say what was written then. Look in its own app.</source>
        <translation>Lacune possible de %from à %to&#xa0;: personne n’écoutait, et la plateforme ne peut pas dire ce qui a été écrit alors. Regardez dans sa propre application.</translation>
    </message>
    <message>
        <source>Nothing has come for far longer than is usual here.</source>
        <translation>Rien n’est arrivé depuis bien plus longtemps que d’habitude ici.</translation>
    </message>
    <message>
        <source>The access ends on %end and cannot be renewed by itself.</source>
        <translation>L’accès se termine&#xa0;: %end. Il ne peut pas être renouvelé de lui-même.</translation>
    </message>
    <message>
        <source>The platform did not answer the last look; we look again soon.</source>
        <translation>La plateforme n’a pas répondu à la dernière vérification&#x202f;; nous réessayons bientôt.</translation>
    </message>
    <message>
        <source>The companion has not looked yet.</source>
        <translation>Le compagnon n’a pas encore vérifié.</translation>
    </message>
    <message>
        <source>All is in place. Waiting for the first message.</source>
        <translation>Tout est en place. En attente du premier message.</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Tout va bien.</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>Resume sending</source>
        <translation>Reprendre l’envoi</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Tester à nouveau</translation>
    </message>
    <message>
        <source>I have looked</source>
        <translation>J’ai regardé</translation>
    </message>
    <message>
        <source>reading and answering messages</source>
        <translation>lire les messages et y répondre</translation>
    </message>
    <message>
        <source>reading and answering comments</source>
        <translation>lire les commentaires et y répondre</translation>
    </message>
    <message>
        <source>publishing posts</source>
        <translation>publier</translation>
    </message>
    <message>
        <source>hearing of new messages at once</source>
        <translation>être averti aussitôt des nouveaux messages</translation>
    </message>
    <message>
        <source>staying signed in</source>
        <translation>rester connecté</translation>
    </message>
    <message>
        <source>knowing the account</source>
        <translation>connaître le compte</translation>
    </message>
    <message>
        <source>%1 is connected.</source>
        <translation>%1 est connecté.</translation>
    </message>
    <message>
        <source>Not permitted: %1.</source>
        <translation>Non autorisé&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Suggests replies</source>
        <translation>Propose des réponses</translation>
    </message>
    <message>
        <source>Replies by itself</source>
        <translation>Répond de lui-même</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>il y a %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>il y a %1 h</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>il y a %1 j</translation>
    </message>
</context>
<context>
    <name>Colleagues</name>
    <message>
        <source>Hand to…</source>
        <translation>Confier à…</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>Collègues</translation>
    </message>
</context>
<context>
    <name>CommentCard</name>
    <message>
        <source>%1 · edited</source>
        <translation>%1 · modifié</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>It was sent</source>
        <translation>Elle est partie</translation>
    </message>
    <message>
        <source>It was not sent</source>
        <translation>Elle n’est pas partie</translation>
    </message>
</context>
<context>
    <name>CommentQueue</name>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
    <message>
        <source>Reading the comments…</source>
        <translation>Lecture des commentaires…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n en attente</numerusform>
            <numerusform>%n en attente</numerusform>
        </translation>
    </message>
    <message>
        <source>No comment waits for you</source>
        <translation>Aucun commentaire ne vous attend</translation>
    </message>
    <message>
        <source>What people say under your posts appears here.</source>
        <translation>Ce que les gens disent sous vos publications apparaît ici.</translation>
    </message>
    <message>
        <source>Nobody has commented yet</source>
        <translation>Personne n’a encore commenté</translation>
    </message>
    <message>
        <source>Your newest posts are read every few minutes.</source>
        <translation>Vos publications récentes sont relues toutes les quelques minutes.</translation>
    </message>
</context>
<context>
    <name>Comments</name>
    <message>
        <source>Somebody on %1</source>
        <translation>Quelqu’un sur %1</translation>
    </message>
    <message>
        <source>This comment was removed.</source>
        <translation>Ce commentaire a été supprimé.</translation>
    </message>
    <message>
        <source>Expired by %1&apos;s terms.</source>
        <translation>Expiré selon les conditions de %1.</translation>
    </message>
    <message>
        <source>A comment without words</source>
        <translation>Un commentaire sans texte</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>échec de l’envoi</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>masqué</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>envoi</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>répondu</translation>
    </message>
    <message>
        <source>mention</source>
        <translation>mention</translation>
    </message>
    <message>
        <source>quote</source>
        <translation>citation</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Private answer</source>
        <translation>Réponse privée</translation>
    </message>
    <message>
        <source>Hiding</source>
        <translation>Masquage</translation>
    </message>
    <message>
        <source>Showing again</source>
        <translation>Réaffichage</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Suppression</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>en attente d’envoi</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>envoi en cours</translation>
    </message>
    <message>
        <source>perhaps sent</source>
        <translation>envoi incertain</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>Private answer sent</source>
        <translation>Réponse privée envoyée</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>CommentsPane</name>
    <message>
        <source>Next comment</source>
        <translation>Commentaire suivant</translation>
    </message>
    <message>
        <source>Previous comment</source>
        <translation>Commentaire précédent</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>Écrire une réponse</translation>
    </message>
    <message>
        <source>Hide, or show again</source>
        <translation>Masquer, ou afficher de nouveau</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Rien à faire</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Reply</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends</source>
        <translation>Ctrl+Entrée pour envoyer</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Joindre un fichier</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Platform</source>
        <translation>Plateforme</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Log in in the browser</source>
        <translation>Se connecter dans le navigateur</translation>
    </message>
    <message>
        <source>Paste a token</source>
        <translation>Coller un jeton</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Rouvrir la page</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connecter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Connect an account</source>
        <translation>Connecter un compte</translation>
    </message>
    <message>
        <source>Reconnect %1</source>
        <translation>Reconnecter %1</translation>
    </message>
    <message>
        <source>Your browser shows the login. Allow everything that is asked there; this page goes on by itself.</source>
        <translation>Votre navigateur affiche la connexion. Autorisez tout ce qui y est demandé&#x202f;; cette page continue d’elle-même.</translation>
    </message>
    <message>
        <source>Waiting for the browser</source>
        <translation>En attente du navigateur</translation>
    </message>
    <message>
        <source>You log in on the platform&apos;s own page; we never see a password.</source>
        <translation>Vous vous connectez sur la page de la plateforme&#x202f;; nous ne voyons jamais de mot de passe.</translation>
    </message>
    <message>
        <source>The login opens several accounts. Which one shall it be?</source>
        <translation>La connexion ouvre plusieurs comptes. Lequel voulez-vous&#x202f;?</translation>
    </message>
    <message>
        <source>The token is sealed at once, and shown to nobody.</source>
        <translation>Le jeton est scellé aussitôt, et montré à personne.</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Reply suggested</source>
        <translation>Réponse proposée</translation>
    </message>
    <message>
        <source>No reply needed</source>
        <translation>Sans réponse à donner</translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Check sending</source>
        <translation>Envoi à vérifier</translation>
    </message>
    <message>
        <source>Window closed</source>
        <translation>Délai dépassé</translation>
    </message>
    <message>
        <source>%1 unread</source>
        <translation>%1 à lire</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Search customers and messages…</source>
        <translation>Rechercher un client, un message…</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>Reading your conversations…</source>
        <translation>Lecture de vos conversations…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Boîte de réception</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>À moi</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Escalades</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archives</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n ouverte</numerusform>
            <numerusform>%n ouvertes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>No conversation matches these words in this filter.</source>
        <translation>Aucune conversation de ce filtre ne contient ces mots.</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>Aucune conversation pour le moment</translation>
    </message>
    <message>
        <source>They appear here as soon as a customer writes.</source>
        <translation>Elles apparaîtront ici dès qu’un client vous écrira.</translation>
    </message>
    <message>
        <source>Nothing is assigned to you</source>
        <translation>Rien ne vous est attribué</translation>
    </message>
    <message>
        <source>Press A in a conversation to make it yours.</source>
        <translation>Appuyez sur A dans une conversation pour vous l’attribuer.</translation>
    </message>
    <message>
        <source>No open escalations</source>
        <translation>Aucune escalade ouverte</translation>
    </message>
    <message>
        <source>The assistant brings here what needs a person.</source>
        <translation>L’assistant place ici ce qui demande une personne.</translation>
    </message>
    <message>
        <source>Nobody is waiting</source>
        <translation>Personne n’attend</translation>
    </message>
    <message>
        <source>Everything has been read, and no suggestion is open.</source>
        <translation>Tout a été lu et aucune proposition n’est en suspens.</translation>
    </message>
    <message>
        <source>The archive is empty</source>
        <translation>Les archives sont vides</translation>
    </message>
    <message>
        <source>Press E to archive a conversation that is done.</source>
        <translation>Appuyez sur E pour archiver une conversation terminée.</translation>
    </message>
</context>
<context>
    <name>ConversationMenus</name>
    <message>
        <source>Assign to me</source>
        <translation>M’attribuer</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Résoudre</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Marquer comme non lue</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Mettre en veille</translation>
    </message>
</context>
<context>
    <name>Correction</name>
    <message>
        <source>This was wrong</source>
        <translation>C’était une erreur</translation>
    </message>
    <message>
        <source>What should have happened</source>
        <translation>Ce qu’il aurait fallu faire</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Why? A word for your team (optional)</source>
        <translation>Pourquoi&#x202f;? Un mot pour votre équipe (facultatif)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The message becomes an example in the rules, in force at once.</source>
        <translation>Le message devient un exemple dans les règles, aussitôt en vigueur.</translation>
    </message>
    <message>
        <source>The message is proposed as an example; the owner accepts it.</source>
        <translation>Le message est proposé comme exemple&#x202f;; le propriétaire l’accepte.</translation>
    </message>
    <message>
        <source>Add the example</source>
        <translation>Ajouter l’exemple</translation>
    </message>
    <message>
        <source>Propose the example</source>
        <translation>Proposer l’exemple</translation>
    </message>
    <message>
        <source>What should have happened?</source>
        <translation>Qu’aurait-il fallu faire&#x202f;?</translation>
    </message>
</context>
<context>
    <name>CostCurve</name>
    <message>
        <source>Of 100 messages like the last %1: %2 are answered by itself, %3 come to a person, and about %4 get a wrong answer.</source>
        <translation>Sur 100 messages comme les %1 derniers&#xa0;: l’assistant répond seul à %2, %3 vont à une personne et environ %4 reçoivent une mauvaise réponse.</translation>
    </message>
    <message>
        <source>A reply goes out by itself from %1 certainty on.</source>
        <translation>Une réponse part seule à partir de %1 de confiance.</translation>
    </message>
</context>
<context>
    <name>CostSection</name>
    <message>
        <source>A wrong reply costs as much as this many needless handovers:</source>
        <translation>Une mauvaise réponse coûte autant que ce nombre de transmissions inutiles&#xa0;:</translation>
    </message>
    <message>
        <source>A missed complaint costs as much as this many needless handovers:</source>
        <translation>Une réclamation manquée coûte autant que ce nombre de transmissions inutiles&#xa0;:</translation>
    </message>
    <message>
        <source>A message that may be a complaint goes to a person from %1 likelihood on.</source>
        <translation>Un message qui peut être une réclamation va à une personne à partir de %1 de probabilité.</translation>
    </message>
    <message>
        <source>When customers have written for some days, a curve here shows what each cost would mean.</source>
        <translation>Quand des clients auront écrit pendant quelques jours, une courbe montrera ici ce que donnerait chaque coût.</translation>
    </message>
    <message>
        <source>Reading the last 30 days…</source>
        <translation>Lecture des 30 derniers jours…</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n would get another reply</source>
        <translation>
            <numerusform>%n recevrait une autre réponse</numerusform>
            <numerusform>%n recevraient une autre réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be handed over instead of answered</source>
        <translation>
            <numerusform>%n serait transmis au lieu d’avoir une réponse</numerusform>
            <numerusform>%n seraient transmis au lieu d’avoir une réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be handed over instead of ignored</source>
        <translation>
            <numerusform>%n serait transmis au lieu d’être ignoré</numerusform>
            <numerusform>%n seraient transmis au lieu d’être ignorés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be answered instead of ignored</source>
        <translation>
            <numerusform>%n recevrait une réponse au lieu d’être ignoré</numerusform>
            <numerusform>%n recevraient une réponse au lieu d’être ignorés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be answered instead of handed over</source>
        <translation>
            <numerusform>%n recevrait une réponse au lieu d’être transmis</numerusform>
            <numerusform>%n recevraient une réponse au lieu d’être transmis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be ignored instead of answered</source>
        <translation>
            <numerusform>%n serait ignoré au lieu d’avoir une réponse</numerusform>
            <numerusform>%n seraient ignorés au lieu d’avoir une réponse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would be ignored instead of handed over</source>
        <translation>
            <numerusform>%n serait ignoré au lieu d’être transmis</numerusform>
            <numerusform>%n seraient ignorés au lieu d’être transmis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answered by your team</source>
        <translation>
            <numerusform>%n réponse de votre équipe</numerusform>
            <numerusform>%n réponses de votre équipe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) in 30 days</source>
        <translation>
            <numerusform>%n fois en 30 jours</numerusform>
            <numerusform>%n fois en 30 jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not known yet</source>
        <translation>
            <numerusform>%n pas encore connue</numerusform>
            <numerusform>%n pas encore connues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more outcome(s) needed</source>
        <translation>
            <numerusform>encore %n résultat nécessaire</numerusform>
            <numerusform>encore %n résultats nécessaires</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>A mistake of ours</source>
        <translation>Une erreur de notre part</translation>
    </message>
    <message>
        <source>Something in SocialSync went wrong. What you were doing may not have happened; nothing that customers wrote is lost. The report below holds no messages and no names.</source>
        <translation>Quelque chose s’est mal passé dans SocialSync. Votre dernière action n’a peut-être pas abouti&#x202f;; rien de ce que vos clients ont écrit n’est perdu. Le rapport ci-dessous ne contient ni message ni nom.</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Enregistré dans %1</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>What the cost of a wrong reply means</source>
        <translation>Ce que change le coût d’une mauvaise réponse</translation>
    </message>
    <message>
        <source>answered by itself</source>
        <translation>l’assistant répond seul</translation>
    </message>
    <message>
        <source>goes to a person</source>
        <translation>transmis à une personne</translation>
    </message>
    <message>
        <source>wrong answers per 100 messages</source>
        <translation>mauvaises réponses pour 100 messages</translation>
    </message>
</context>
<context>
    <name>CustomerSide</name>
    <message>
        <source>KNOWLEDGE USED</source>
        <translation>CONNAISSANCES UTILISÉES</translation>
    </message>
    <message>
        <source>The passages an answer stands on appear here.</source>
        <translation>Les passages sur lesquels s’appuie une réponse apparaissent ici.</translation>
    </message>
    <message>
        <source>Write a private note</source>
        <translation>Écrire une note interne</translation>
    </message>
    <message>
        <source>Only your team sees notes</source>
        <translation>Visible de votre équipe seulement</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Ajouter la note</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message>
        <source>CUSTOMER</source>
        <translation>CLIENT</translation>
    </message>
    <message>
        <source>PRIVATE NOTES</source>
        <translation>NOTES INTERNES</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Answered by the assistant</source>
        <translation>Répondu par l’assistant</translation>
    </message>
    <message>
        <source>The assistant saw no need to reply</source>
        <translation>L’assistant a jugé qu’il n’y avait rien à répondre</translation>
    </message>
    <message>
        <source>The assistant asked for a person</source>
        <translation>L’assistant a fait appel à une personne</translation>
    </message>
    <message>
        <source>confidence %1</source>
        <translation>confiance %1</translation>
    </message>
    <message>
        <source>Decided by the rule</source>
        <translation>Décidé par la règle</translation>
    </message>
    <message>
        <source>Best answer on file fits</source>
        <translation>Pertinence de la meilleure réponse</translation>
    </message>
    <message>
        <source>Asked for, to send by itself</source>
        <translation>Seuil pour envoyer seul</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Crédits</translation>
    </message>
    <message>
        <source>Reading the message</source>
        <translation>Lecture du message</translation>
    </message>
    <message>
        <source>Going through the rules</source>
        <translation>Parcours des règles</translation>
    </message>
    <message>
        <source>Telling what kind it is</source>
        <translation>Tri du message</translation>
    </message>
    <message>
        <source>Looking for an answer</source>
        <translation>Recherche d’une réponse</translation>
    </message>
    <message>
        <source>Writing the reply</source>
        <translation>Rédaction de la réponse</translation>
    </message>
    <message>
        <source>Checking the reply</source>
        <translation>Vérification de la réponse</translation>
    </message>
    <message>
        <source>Deciding</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>Weighing how sure it is</source>
        <translation>Évaluation de la confiance</translation>
    </message>
    <message>
        <source>Thought for</source>
        <translation>Temps de réflexion</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Passages looked at</source>
        <translation>Passages examinés</translation>
    </message>
    <message>
        <source>Held back because</source>
        <translation>Retenu car</translation>
    </message>
    <message>
        <source>Version of the rules</source>
        <translation>Version des règles</translation>
    </message>
</context>
<context>
    <name>DecisionLog</name>
    <message>
        <source>Search messages, reasons, customers…</source>
        <translation>Rechercher un message, une raison, un client…</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Décisions</translation>
    </message>
    <message>
        <source>Reading the decisions…</source>
        <translation>Lecture des décisions…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>Search for other words, or choose All.</source>
        <translation>Cherchez d’autres mots ou choisissez «&#xa0;Toutes&#xa0;».</translation>
    </message>
    <message>
        <source>No decisions yet</source>
        <translation>Aucune décision pour le moment</translation>
    </message>
    <message>
        <source>Each message the assistant looks at appears here, with why.</source>
        <translation>Chaque message examiné par l’assistant apparaît ici, avec ses raisons.</translation>
    </message>
</context>
<context>
    <name>DecisionView</name>
    <message>
        <source>Open the conversation</source>
        <translation>Ouvrir la conversation</translation>
    </message>
    <message>
        <source>Scores and timings</source>
        <translation>Scores et durées</translation>
    </message>
    <message>
        <source>No decision chosen</source>
        <translation>Aucune décision sélectionnée</translation>
    </message>
    <message>
        <source>J and K walk through the log. You see why each was made.</source>
        <translation>J et K parcourent le journal. Vous voyez la raison de chaque décision.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>A message without words</source>
        <translation>Un message sans texte</translation>
    </message>
    <message>
        <source>This was wrong. It should have been: %1</source>
        <translation>C’était une erreur. Il fallait&#xa0;: %1</translation>
    </message>
    <message>
        <source>TIME BY STEP</source>
        <translation>DURÉE PAR ÉTAPE</translation>
    </message>
</context>
<context>
    <name>Decisions</name>
    <message>
        <source>Was wrong</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>A message without words</source>
        <translation>Un message sans texte</translation>
    </message>
</context>
<context>
    <name>DecisionsPage</name>
    <message>
        <source>The example is in the rules</source>
        <translation>L’exemple est dans les règles</translation>
    </message>
    <message>
        <source>The example is proposed to the owner</source>
        <translation>L’exemple est proposé au propriétaire</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) proposed by your team.</source>
        <translation>
            <numerusform>%n exemple proposé par votre équipe.</numerusform>
            <numerusform>%n exemples proposés par votre équipe.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Voir</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Aller à&#xa0;: %1</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Tout rechercher</translation>
    </message>
    <message>
        <source>Stop the assistant everywhere</source>
        <translation>Arrêter l’assistant partout</translation>
    </message>
    <message>
        <source>Turn the assistant on again</source>
        <translation>Remettre l’assistant en marche</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Send and go to the next</source>
        <translation>Envoyer et passer à la suivante</translation>
    </message>
    <message>
        <source>The assistant is off: it neither drafts nor sends.</source>
        <translation>L’assistant est arrêté&#xa0;: il ne propose rien et n’envoie rien.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message numerus="yes">
        <source>%n customer(s) ask for a person</source>
        <translation>
            <numerusform>%n client demande une personne</numerusform>
            <numerusform>%n clients demandent une personne</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentHeader</name>
    <message>
        <source>Read in again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Save original…</source>
        <translation>Enregistrer l’original…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message>
        <source>added %1</source>
        <translation>ajouté le %1</translation>
    </message>
    <message>
        <source>read in %1</source>
        <translation>lu le %1</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>pas encore utilisé</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>utilisé %n fois</numerusform>
            <numerusform>utilisé %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>last %1</source>
        <comment>used</comment>
        <translation>dernière fois le %1</translation>
    </message>
    <message>
        <source>It could not be read in.</source>
        <translation>Il n’a pas pu être lu.</translation>
    </message>
    <message>
        <source>The version before it goes on answering.</source>
        <translation>La version précédente continue de répondre.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Reading in…</source>
        <translation>Lecture en cours…</translation>
    </message>
    <message>
        <source>Reading in, %1</source>
        <translation>Lecture en cours, %1</translation>
    </message>
    <message>
        <source>the version before it goes on answering</source>
        <translation>la version précédente continue de répondre</translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>Text of the document</source>
        <translation>Texte du document</translation>
    </message>
    <message>
        <source>Opening the text…</source>
        <translation>Ouverture du texte…</translation>
    </message>
    <message>
        <source>There is no text to show yet</source>
        <translation>Pas encore de texte à montrer</translation>
    </message>
    <message>
        <source>It appears here as soon as the file has been read.</source>
        <translation>Il apparaîtra ici dès que le fichier aura été lu.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Save the original file</source>
        <translation>Enregistrer le fichier original</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>Retirer «&#xa0;%1&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>The assistant answers nothing from it any more. Your own file stays where it is.</source>
        <translation>L’assistant n’en tirera plus aucune réponse. Votre propre fichier reste où il est.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n mot</numerusform>
            <numerusform>%n mots</numerusform>
        </translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>p. %1</translation>
    </message>
    <message>
        <source>The passages are marked as soon as it has been read in.</source>
        <translation>Les passages seront marqués dès que la lecture sera terminée.</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message>
        <source>Click one to see more about it</source>
        <translation>Cliquez sur l’un d’eux pour en savoir plus</translation>
    </message>
    <message>
        <source>Passage %1 of %2</source>
        <translation>Passage %1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n jeton</numerusform>
            <numerusform>%n jetons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Emptiness</name>
    <message>
        <source>Drop your documents here</source>
        <translation>Déposez vos documents ici</translation>
    </message>
    <message>
        <source>Price list, opening hours, terms of delivery, returns: the assistant answers with their exact words.</source>
        <translation>Tarifs, horaires, livraison, retours&#xa0;: l’assistant répond avec leurs mots exacts.</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Choisir des fichiers…</translation>
    </message>
    <message>
        <source>No FAQ entries yet</source>
        <translation>Aucune entrée de FAQ</translation>
    </message>
    <message>
        <source>Write what customers ask again and again, with the answer you would give.</source>
        <translation>Écrivez ce que les clients demandent sans cesse, avec la réponse que vous donneriez.</translation>
    </message>
    <message>
        <source>Write the first entry</source>
        <translation>Écrire la première entrée</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>Rien à revoir</translation>
    </message>
    <message>
        <source>Contradictions, dates that have passed, and documents that are old or never used appear here.</source>
        <translation>Les contradictions, les dates dépassées et les documents anciens ou jamais utilisés apparaissent ici.</translation>
    </message>
    <message>
        <source>Nothing has this name</source>
        <translation>Rien ne porte ce nom</translation>
    </message>
    <message>
        <source>To look inside the texts, use the search on the right.</source>
        <translation>Pour chercher dans les textes, utilisez la recherche à droite.</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Aucun document</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>WhatsApp has no history to ask for: what was written while nobody listened arrives late, up to seven days, and not at all after that.</source>
        <translation>WhatsApp n’a pas d’historique à consulter&#xa0;: ce qui a été écrit quand personne n’écoutait arrive en retard, jusqu’à sept jours, et plus du tout ensuite.</translation>
    </message>
    <message>
        <source>After 24 hours without a word from the customer only templates can be sent.</source>
        <translation>Après 24 heures sans un mot du client, seuls des modèles peuvent être envoyés.</translation>
    </message>
    <message>
        <source>WhatsApp tells of no comments, and takes no posts.</source>
        <translation>WhatsApp n’annonce pas de commentaires et ne prend pas de publications.</translation>
    </message>
    <message>
        <source>Comments are announced only for public accounts and approved apps; otherwise they are found by looking.</source>
        <translation>Les commentaires ne sont annoncés que pour les comptes publics et les applications approuvées&#x202f;; sinon, ils sont trouvés en regardant.</translation>
    </message>
    <message>
        <source>Instagram announces no edited, deleted or hidden comments; they are found by looking.</source>
        <translation>Instagram n’annonce pas les commentaires modifiés, supprimés ou masqués&#x202f;; ils sont trouvés en regardant.</translation>
    </message>
    <message>
        <source>Answering after 24 hours, as a person, needs Meta&apos;s approval of the app.</source>
        <translation>Répondre après 24 heures, en tant que personne, demande l’approbation de l’application par Meta.</translation>
    </message>
    <message>
        <source>Mentions in posts of others are announced with Facebook&apos;s login only.</source>
        <translation>Les mentions dans les publications d’autrui ne sont annoncées qu’avec la connexion par Facebook.</translation>
    </message>
    <message>
        <source>Of a conversation, Instagram tells the latest 20 messages; requests that were idle for 30 days are not told at all.</source>
        <translation>D’une conversation, Instagram livre les 20 derniers messages&#x202f;; les demandes inactives depuis 30 jours ne sont pas livrées du tout.</translation>
    </message>
    <message>
        <source>After 24 hours only a person may answer in Messenger, for seven days, and only if Meta has granted the app Human Agent.</source>
        <translation>Après 24 heures, seule une personne peut répondre dans Messenger, pendant sept jours, et seulement si Meta a accordé «&#xa0;Human Agent&#xa0;» à l’application.</translation>
    </message>
    <message>
        <source>Facebook shows comments and their authors to an app only with Advanced Access to pages_read_user_content.</source>
        <translation>Facebook ne montre les commentaires et leurs auteurs à une application qu’avec l’accès avancé à pages_read_user_content.</translation>
    </message>
    <message>
        <source>Who wrote a post that mentions the Page is not told by Facebook.</source>
        <translation>Facebook ne dit pas qui a écrit une publication qui mentionne la Page.</translation>
    </message>
    <message>
        <source>If the companion is unreachable for an hour, Facebook stops telling it of this Page until it subscribes again.</source>
        <translation>Si le compagnon est injoignable pendant une heure, Facebook cesse de l’informer de cette Page jusqu’à un nouvel abonnement.</translation>
    </message>
    <message>
        <source>Encrypted chats (XChat) are closed to us: they show as unreadable, and only the X app can answer them.</source>
        <translation>Les conversations chiffrées (XChat) nous sont fermées&#xa0;: elles apparaissent comme illisibles, et seule l’application X peut y répondre.</translation>
    </message>
    <message>
        <source>X lets us answer a post only where its author mentioned or quoted the account; everything else is answered on X itself.</source>
        <translation>X ne nous laisse répondre à un message que si son auteur a mentionné ou cité le compte&#x202f;; pour tout le reste, on répond sur X.</translation>
    </message>
    <message>
        <source>Group conversations are not shown.</source>
        <translation>Les conversations de groupe ne sont pas affichées.</translation>
    </message>
    <message>
        <source>X charges for calls; once its spending cap is reached, nothing is sent until a person raises it.</source>
        <translation>X facture les appels&#x202f;; une fois son plafond de dépenses atteint, rien n’est envoyé tant que personne ne le relève.</translation>
    </message>
    <message>
        <source>LinkedIn lets no program read or send private messages.</source>
        <translation>LinkedIn ne laisse aucun programme lire ou envoyer des messages privés.</translation>
    </message>
    <message>
        <source>Comments reach us from public posts of the page only.</source>
        <translation>Les commentaires ne nous parviennent que des publications publiques de la page.</translation>
    </message>
    <message>
        <source>LinkedIn&apos;s terms let us keep what others wrote for 48 hours and who they are for 24; after that, it is shown as expired.</source>
        <translation>Les conditions de LinkedIn permettent de garder ce que d’autres ont écrit pendant 48 heures et qui ils sont pendant 24&#x202f;; ensuite, c’est affiché comme expiré.</translation>
    </message>
    <message>
        <source>Who connects the page must stay its administrator, or its comments stop coming.</source>
        <translation>Qui connecte la page doit en rester administrateur, sinon ses commentaires n’arrivent plus.</translation>
    </message>
    <message>
        <source>LinkedIn does not tell the names of those who comment.</source>
        <translation>LinkedIn ne donne pas les noms de ceux qui commentent.</translation>
    </message>
    <message>
        <source>Facebook did not say which comment this is.</source>
        <translation>Facebook n’a pas dit de quel commentaire il s’agit.</translation>
    </message>
    <message>
        <source>Answer it on Facebook.</source>
        <translation>Répondez-y sur Facebook.</translation>
    </message>
    <message>
        <source>Instagram does not say where this mention is.</source>
        <translation>Instagram ne dit pas où se trouve cette mention.</translation>
    </message>
    <message>
        <source>Answer it in the Instagram app.</source>
        <translation>Répondez-y dans l’application Instagram.</translation>
    </message>
    <message>
        <source>This comment has no address on LinkedIn.</source>
        <translation>Ce commentaire n’a pas d’adresse sur LinkedIn.</translation>
    </message>
    <message>
        <source>Answer it on linkedin.com.</source>
        <translation>Répondez-y sur linkedin.com.</translation>
    </message>
    <message>
        <source>X takes answers from here only to posts that mention or quote the account.</source>
        <translation>X n’accepte d’ici que les réponses aux messages qui mentionnent ou citent le compte.</translation>
    </message>
    <message>
        <source>Open the post on X and answer there.</source>
        <translation>Ouvrez le message sur X et répondez-y.</translation>
    </message>
    <message>
        <source>Comments on this platform cannot be answered from here.</source>
        <translation>On ne peut pas répondre d’ici aux commentaires de cette plateforme.</translation>
    </message>
    <message>
        <source>Open it on the platform.</source>
        <translation>Ouvrez-le sur la plateforme.</translation>
    </message>
</context>
<context>
    <name>Escalation</name>
    <message>
        <source>Asks for a person</source>
        <translation>Demande une personne</translation>
    </message>
    <message>
        <source>Assistant unsure</source>
        <translation>L’assistant hésite</translation>
    </message>
    <message>
        <source>Raised by a colleague</source>
        <translation>Signalé par un collègue</translation>
    </message>
    <message>
        <source>No answer on file</source>
        <translation>Réponse introuvable</translation>
    </message>
    <message>
        <source>Sensitive</source>
        <translation>Sujet sensible</translation>
    </message>
    <message>
        <source>Technical problem</source>
        <translation>Problème technique</translation>
    </message>
    <message>
        <source>Credits used up</source>
        <translation>Crédits épuisés</translation>
    </message>
</context>
<context>
    <name>EscalationCase</name>
    <message>
        <source>Note for your team</source>
        <translation>Note pour votre équipe</translation>
    </message>
    <message>
        <source>What did you do? Only your team sees this.</source>
        <translation>Qu’avez-vous fait&#x202f;? Visible de votre équipe seulement.</translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation>Ouvrir la conversation</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Prendre en charge</translation>
    </message>
    <message>
        <source>Give back to the assistant</source>
        <translation>Rendre à l’assistant</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>Garder la note</translation>
    </message>
    <message>
        <source>Mark as resolved</source>
        <translation>Marquer comme résolue</translation>
    </message>
    <message>
        <source>No escalation chosen</source>
        <translation>Aucune escalade sélectionnée</translation>
    </message>
    <message>
        <source>J and K walk through the queue, Enter opens the conversation.</source>
        <translation>J et K parcourent la file, Entrée ouvre la conversation.</translation>
    </message>
    <message>
        <source>RESOLUTION</source>
        <translation>RÉSOLUTION</translation>
    </message>
    <message>
        <source>The assistant left no summary.</source>
        <translation>L’assistant n’a pas laissé de résumé.</translation>
    </message>
    <message>
        <source>waiting since %1</source>
        <translation>en attente depuis %1</translation>
    </message>
    <message>
        <source>taken by %1</source>
        <translation>prise en charge par %1</translation>
    </message>
    <message>
        <source>WHAT THE ASSISTANT UNDERSTOOD</source>
        <translation>CE QUE L’ASSISTANT A COMPRIS</translation>
    </message>
    <message>
        <source>LAST WORDS OF THE CUSTOMER</source>
        <translation>DERNIER MESSAGE DU CLIENT</translation>
    </message>
    <message>
        <source>TEAM NOTES</source>
        <translation>NOTES DE L’ÉQUIPE</translation>
    </message>
</context>
<context>
    <name>EscalationQueue</name>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvertes</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Résolues</translation>
    </message>
    <message>
        <source>Escalations</source>
        <translation>Escalades</translation>
    </message>
    <message>
        <source>Reading the escalations…</source>
        <translation>Lecture des escalades…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n ouverte</numerusform>
            <numerusform>%n ouvertes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody waits for a person</source>
        <translation>Aucun client n’attend une personne</translation>
    </message>
    <message>
        <source>What the assistant cannot settle appears here.</source>
        <translation>Ce que l’assistant ne peut pas régler apparaît ici.</translation>
    </message>
    <message>
        <source>Nothing has been resolved yet</source>
        <translation>Rien n’a encore été résolu</translation>
    </message>
    <message>
        <source>Resolved escalations stay here, with their notes.</source>
        <translation>Les escalades résolues restent ici, avec leurs notes.</translation>
    </message>
</context>
<context>
    <name>EscalationsPane</name>
    <message>
        <source>Next escalation</source>
        <translation>Escalade suivante</translation>
    </message>
    <message>
        <source>Previous escalation</source>
        <translation>Escalade précédente</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Prendre en charge</translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation>Ouvrir la conversation</translation>
    </message>
    <message>
        <source>Write how it was resolved</source>
        <translation>Noter la résolution</translation>
    </message>
</context>
<context>
    <name>ExampleSection</name>
    <message>
        <source>Example</source>
        <translation>Exemple</translation>
    </message>
    <message>
        <source>Remove this example</source>
        <translation>Retirer cet exemple</translation>
    </message>
</context>
<context>
    <name>FacesCard</name>
    <message>
        <source>ALSO KNOWN AS</source>
        <translation>CONNU AUSSI COMME</translation>
    </message>
    <message>
        <source>THE SAME PERSON?</source>
        <translation>LA MÊME PERSONNE&#x202f;?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>Séparer</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>La même</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Une autre</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n commentaire</numerusform>
            <numerusform>%n commentaires</numerusform>
        </translation>
    </message>
    <message>
        <source>same user name on this account</source>
        <translation>même nom d’utilisateur sur ce compte</translation>
    </message>
    <message>
        <source>same phone number</source>
        <translation>même numéro de téléphone</translation>
    </message>
    <message>
        <source>same e-mail address</source>
        <translation>même adresse e-mail</translation>
    </message>
    <message>
        <source>same user name</source>
        <translation>même nom d’utilisateur</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>même nom</translation>
    </message>
</context>
<context>
    <name>FaqForm</name>
    <message>
        <source>What do customers ask?</source>
        <translation>Que demandent les clients&#x202f;?</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>The answer, as you would send it</source>
        <translation>La réponse, telle que vous l’enverriez</translation>
    </message>
    <message>
        <source>Delivery, payment…</source>
        <translation>Livraison, paiement…</translation>
    </message>
    <message>
        <source>A category of its own is one more way to recognise this entry.</source>
        <translation>Une catégorie qui lui est propre est une façon de plus de reconnaître cette entrée.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Another way to ask</source>
        <translation>Autre façon de demander</translation>
    </message>
    <message>
        <source>Remove this way to ask</source>
        <translation>Retirer cette façon de demander</translation>
    </message>
    <message>
        <source>Another way to ask it, then Enter</source>
        <translation>Autre façon de le demander, puis Entrée</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>Catégories</translation>
    </message>
    <message>
        <source>Detect by itself</source>
        <translation>Détection automatique</translation>
    </message>
    <message>
        <source>With fewer than 5 ways to ask, the assistant only suggests this answer.</source>
        <translation>Avec moins de 5 façons de demander, l’assistant ne fait que suggérer cette réponse.</translation>
    </message>
    <message>
        <source>QUESTION</source>
        <translation>QUESTION</translation>
    </message>
    <message>
        <source>ANSWER</source>
        <translation>RÉPONSE</translation>
    </message>
    <message>
        <source>CATEGORY</source>
        <translation>CATÉGORIE</translation>
    </message>
    <message>
        <source>LANGUAGE</source>
        <translation>LANGUE</translation>
    </message>
    <message>
        <source>OTHER WAYS TO ASK IT</source>
        <translation>AUTRES FAÇONS DE LE DEMANDER</translation>
    </message>
</context>
<context>
    <name>FaqHeader</name>
    <message>
        <source>The assistant may use it</source>
        <translation>L’assistant peut l’utiliser</translation>
    </message>
    <message>
        <source>New FAQ entry</source>
        <translation>Nouvelle entrée de FAQ</translation>
    </message>
    <message>
        <source>The assistant answers with exactly these words.</source>
        <translation>L’assistant répond exactement avec ces mots.</translation>
    </message>
    <message>
        <source>Not used in an answer yet</source>
        <translation>Pas encore utilisée dans une réponse</translation>
    </message>
    <message numerus="yes">
        <source>Used in %n answer(s)</source>
        <translation>
            <numerusform>Utilisée dans %n réponse</numerusform>
            <numerusform>Utilisée dans %n réponses</numerusform>
        </translation>
    </message>
    <message>
        <source>last %1</source>
        <comment>used</comment>
        <translation>dernière fois le %1</translation>
    </message>
</context>
<context>
    <name>FaqPage</name>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>Retirer «&#xa0;%1&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>The answer and all its ways to ask are deleted.</source>
        <translation>La réponse et toutes ses façons de demander sont supprimées.</translation>
    </message>
</context>
<context>
    <name>FaqTables</name>
    <message>
        <source>Save the FAQ entries</source>
        <translation>Enregistrer les entrées de FAQ</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) added</source>
        <translation>
            <numerusform>%n entrée ajoutée</numerusform>
            <numerusform>%n entrées ajoutées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced</source>
        <translation>
            <numerusform>%n remplacée</numerusform>
            <numerusform>%n remplacées</numerusform>
        </translation>
    </message>
    <message>
        <source>The FAQ entries are saved</source>
        <translation>Les entrées de FAQ sont enregistrées</translation>
    </message>
</context>
<context>
    <name>FileChip</name>
    <message>
        <source>Remove the file</source>
        <translation>Retirer le fichier</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Save the file</source>
        <translation>Enregistrer le fichier</translation>
    </message>
    <message>
        <source>file</source>
        <translation>fichier</translation>
    </message>
</context>
<context>
    <name>GapFoot</name>
    <message>
        <source>Add to the FAQ</source>
        <translation>Ajouter à la FAQ</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Écarter</translation>
    </message>
    <message>
        <source>Change the entry</source>
        <translation>Modifier l’entrée</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Mesurer à nouveau</translation>
    </message>
    <message>
        <source>Only owners and admins change the knowledge base.</source>
        <translation>Seuls les propriétaires et les administrateurs modifient la base de connaissances.</translation>
    </message>
    <message>
        <source>%1 of %2 considered</source>
        <translation>%1 sur %2 examinés</translation>
    </message>
</context>
<context>
    <name>GapForm</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>The answer, as you would send it</source>
        <translation>La réponse, telle que vous l’enverriez</translation>
    </message>
    <message>
        <source>Delivery, payment…</source>
        <translation>Livraison, paiement…</translation>
    </message>
    <message>
        <source>Another way to ask</source>
        <translation>Autre façon de demander</translation>
    </message>
    <message>
        <source>Remove this way to ask</source>
        <translation>Retirer cette façon de demander</translation>
    </message>
    <message>
        <source>Another way to ask it, then Enter</source>
        <translation>Autre façon de le demander, puis Entrée</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Something that belongs to one customer was taken out at %1. Put the sentence right, or remove the line.</source>
        <translation>Une donnée propre à un client a été retirée à l’endroit marqué %1. Corrigez la phrase ou retirez la ligne.</translation>
    </message>
    <message>
        <source>With fewer than 5 ways to ask, the assistant only suggests this answer.</source>
        <translation>Avec moins de 5 façons de demander, l’assistant ne fait que suggérer cette réponse.</translation>
    </message>
    <message>
        <source>QUESTION</source>
        <translation>QUESTION</translation>
    </message>
    <message>
        <source>ANSWER</source>
        <translation>RÉPONSE</translation>
    </message>
    <message>
        <source>CATEGORY</source>
        <translation>CATÉGORIE</translation>
    </message>
    <message>
        <source>OTHER WAYS TO ASK IT</source>
        <translation>AUTRES FAÇONS DE LE DEMANDER</translation>
    </message>
</context>
<context>
    <name>GapMessages</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open the conversation with %1</source>
        <translation>Ouvrir la conversation avec %1</translation>
    </message>
    <message>
        <source>Your team: %1</source>
        <translation>Votre équipe&#xa0;: %1</translation>
    </message>
    <message>
        <source>Answered now</source>
        <translation>Répondu désormais</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Sans réponse</translation>
    </message>
</context>
<context>
    <name>GapTwins</name>
    <message numerus="yes">
        <source>%n entry(ies) ask nearly the same</source>
        <translation>
            <numerusform>%n entrée demande presque la même chose</numerusform>
            <numerusform>%n entrées demandent presque la même chose</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GapView</name>
    <message>
        <source>Choose a question</source>
        <translation>Choisissez une question</translation>
    </message>
    <message>
        <source>Its messages appear here.</source>
        <translation>Ses messages apparaissent ici.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The entry is in the FAQ</source>
        <translation>L’entrée est dans la FAQ</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Question écartée</translation>
    </message>
    <message>
        <source>An entry was written for this, and people still ask. Add their ways to ask it, or say it better.</source>
        <translation>Une entrée existe déjà, mais la question revient. Ajoutez ces façons de demander ou formulez mieux l’entrée.</translation>
    </message>
    <message>
        <source>Nobody of your team has answered yet: write the answer here.</source>
        <translation>Personne de votre équipe n’a encore répondu&#xa0;: écrivez la réponse ici.</translation>
    </message>
    <message numerus="yes">
        <source>Drafted from %n answer(s) of your team. Read it before you keep it.</source>
        <translation>
            <numerusform>Rédigée d’après %n réponse de votre équipe. Relisez avant de garder.</numerusform>
            <numerusform>Rédigée d’après %n réponses de votre équipe. Relisez avant de garder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Gaps</name>
    <message>
        <source>Nobody has answered yet</source>
        <translation>Personne n’a encore répondu</translation>
    </message>
    <message>
        <source>last on %1</source>
        <translation>dernière fois le %1</translation>
    </message>
    <message>
        <source>Now answered: %1 of %2</source>
        <translation>Répondus désormais&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Avant&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>GapsPage</name>
    <message>
        <source>Which questions</source>
        <translation>Questions à afficher</translation>
    </message>
    <message>
        <source>Look for new questions now</source>
        <translation>Chercher de nouvelles questions maintenant</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Questions sans réponse</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>New questions are being grouped</source>
        <translation>Regroupement des nouvelles questions en cours</translation>
    </message>
    <message>
        <source>Nothing is unanswered</source>
        <translation>Aucune question sans réponse</translation>
    </message>
    <message>
        <source>Questions that the assistant finds no answer to appear here.</source>
        <translation>Les questions auxquelles l’assistant ne trouve pas de réponse apparaissent ici.</translation>
    </message>
    <message>
        <source>No question has been answered here yet</source>
        <translation>Aucune question n’a encore reçu de réponse ici</translation>
    </message>
    <message>
        <source>Each entry that you write stands here with what it changed.</source>
        <translation>Chaque entrée que vous écrivez figure ici, avec ce qu’elle a changé.</translation>
    </message>
    <message>
        <source>Nothing was dismissed</source>
        <translation>Aucune question écartée</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvertes</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondues</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Écartées</translation>
    </message>
    <message>
        <source>Missing answers</source>
        <translation>Réponses manquantes</translation>
    </message>
</context>
<context>
    <name>HoursField</name>
    <message>
        <source>Only at certain hours</source>
        <translation>Seulement à certaines heures</translation>
    </message>
    <message>
        <source>Within or outside these hours</source>
        <translation>Pendant ou hors de ces heures</translation>
    </message>
    <message>
        <source>between</source>
        <translation>entre</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>pas entre</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Days of the week</source>
        <translation>Jours de la semaine</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Time zones</source>
        <translation>Fuseaux horaires</translation>
    </message>
    <message>
        <source>and</source>
        <translation>et</translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message>
        <source>Assistant: %1</source>
        <translation>Assistant&#xa0;: %1</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Vous&#xa0;: %1</translation>
    </message>
    <message>
        <source>customer since %1</source>
        <translation>client depuis %1</translation>
    </message>
    <message>
        <source>The reply window is closed: the customer has to write again first.</source>
        <translation>Le délai de réponse est dépassé&#xa0;: le client doit d’abord écrire à nouveau.</translation>
    </message>
    <message>
        <source>This conversation cannot be answered now.</source>
        <translation>Impossible de répondre à cette conversation pour le moment.</translation>
    </message>
    <message>
        <source>photos up to %1</source>
        <translation>photos jusqu’à %1</translation>
    </message>
    <message>
        <source>audio up to %1</source>
        <translation>sons jusqu’à %1</translation>
    </message>
    <message>
        <source>video up to %1</source>
        <translation>vidéos jusqu’à %1</translation>
    </message>
    <message>
        <source>documents up to %1</source>
        <translation>documents jusqu’à %1</translation>
    </message>
</context>
<context>
    <name>InboxPane</name>
    <message>
        <source>Next conversation</source>
        <translation>Conversation suivante</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Conversation précédente</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Write a reply</source>
        <translation>Écrire une réponse</translation>
    </message>
    <message>
        <source>Send a template</source>
        <translation>Envoyer un modèle</translation>
    </message>
    <message>
        <source>Write a private note</source>
        <translation>Écrire une note interne</translation>
    </message>
    <message>
        <source>Approve the suggestion</source>
        <translation>Approuver la proposition</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>M’attribuer</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Résoudre</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Mettre en veille</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Marquer comme non lue</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Revenir à la liste</translation>
    </message>
    <message>
        <source>Conversation resolved</source>
        <translation>Conversation résolue</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The suggestion took the place of your text</source>
        <translation>La proposition a remplacé votre texte</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Le remettre</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Single letters work when no text field is in use.</source>
        <translation>Les lettres seules fonctionnent hors des champs de texte.</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Choice from a menu</source>
        <translation>Choix dans un menu</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>Voice message</source>
        <translation>Message vocal</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Sticker</source>
        <translation>Autocollant</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Shared post</source>
        <translation>Publication partagée</translation>
    </message>
    <message>
        <source>Mention in a story</source>
        <translation>Mention dans une story</translation>
    </message>
    <message>
        <source>Reply to your story</source>
        <translation>Réponse à votre story</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appel</translation>
    </message>
    <message>
        <source>Note from the platform</source>
        <translation>Note de la plateforme</translation>
    </message>
    <message>
        <source>Message to see on the platform</source>
        <translation>Message à voir sur la plateforme</translation>
    </message>
</context>
<context>
    <name>Knowledge</name>
    <message>
        <source>Words</source>
        <translation>Mots</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Lettres</translation>
    </message>
    <message>
        <source>In one place</source>
        <translation>Au même endroit</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Only owners and admins change the knowledge base.</source>
        <translation>Seuls les propriétaires et les administrateurs modifient la base de connaissances.</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>percent</comment>
        <translation>%1&#x202f;%</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Reading in, %1</source>
        <translation>Lecture en cours, %1</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Laissé de côté</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>The storage of your plan is full</source>
        <translation>L’espace de votre offre est plein</translation>
    </message>
    <message>
        <source>Remove documents you no longer need.</source>
        <translation>Retirez les documents dont vous n’avez plus besoin.</translation>
    </message>
    <message>
        <source>Something to check: %1</source>
        <translation>Un point à vérifier&#xa0;: %1</translation>
    </message>
    <message>
        <source>Some pages are pictures and could not be read.</source>
        <translation>Certaines pages sont des images et n’ont pas pu être lues.</translation>
    </message>
    <message>
        <source>Pages without readable text, likely scans: %1.</source>
        <translation>Pages sans texte lisible, sans doute numérisées&#xa0;: %1.</translation>
    </message>
    <message>
        <source>It holds text that a reader of the file does not see.</source>
        <translation>Il contient du texte invisible pour qui lit le fichier.</translation>
    </message>
    <message>
        <source>It carries macros, which were ignored.</source>
        <translation>Il contient des macros, qui ont été ignorées.</translation>
    </message>
    <message>
        <source>It is very long; the end was left out.</source>
        <translation>Il est très long&#x202f;; la fin a été laissée de côté.</translation>
    </message>
    <message>
        <source>It is very long; all after page %1 was left out.</source>
        <translation>Il est très long&#x202f;; tout ce qui suit la page %1 a été laissé de côté.</translation>
    </message>
    <message>
        <source>Text was recognised from pictures: check it.</source>
        <translation>Du texte a été reconnu dans des images&#xa0;: vérifiez-le.</translation>
    </message>
    <message>
        <source>Recognised from pictures, so check the text: pages %1.</source>
        <translation>Texte reconnu dans des images, à vérifier&#xa0;: pages %1.</translation>
    </message>
    <message>
        <source>Some pages are damaged and were left out.</source>
        <translation>Certaines pages sont abîmées et ont été laissées de côté.</translation>
    </message>
    <message>
        <source>Damaged pages, which were left out: %1.</source>
        <translation>Pages abîmées, laissées de côté&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Other files lie in it; they were not read.</source>
        <translation>Il contient d’autres fichiers&#x202f;; ils n’ont pas été lus.</translation>
    </message>
</context>
<context>
    <name>KnowledgeColumn</name>
    <message>
        <source>What is listed</source>
        <translation>Ce qui est listé</translation>
    </message>
    <message>
        <source>Filter by name…</source>
        <translation>Filtrer par nom…</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Connaissances</translation>
    </message>
    <message>
        <source>Reading what you know…</source>
        <translation>Lecture de vos connaissances…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 utilisés</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 utilisés sur %2</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>À revoir</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>FAQ</source>
        <translation>FAQ</translation>
    </message>
</context>
<context>
    <name>KnowledgePane</name>
    <message>
        <source>Next row</source>
        <translation>Ligne suivante</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Ligne précédente</translation>
    </message>
    <message>
        <source>Ask the knowledge base</source>
        <translation>Interroger la base de connaissances</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>Filtrer la liste</translation>
    </message>
    <message>
        <source>New FAQ entry</source>
        <translation>Nouvelle entrée de FAQ</translation>
    </message>
    <message>
        <source>Save the entry</source>
        <translation>Enregistrer l’entrée</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Add the copied files</source>
        <translation>Ajouter les fichiers copiés</translation>
    </message>
    <message>
        <source>Remove what is open</source>
        <translation>Retirer ce qui est ouvert</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Retour à la liste</translation>
    </message>
    <message>
        <source>Drop to add to the knowledge base</source>
        <translation>Déposez pour ajouter à la base de connaissances</translation>
    </message>
    <message>
        <source>Files and whole folders</source>
        <translation>Fichiers et dossiers entiers</translation>
    </message>
    <message>
        <source>You cannot add files</source>
        <translation>Vous ne pouvez pas ajouter de fichiers</translation>
    </message>
    <message>
        <source>This is not here any more.</source>
        <translation>Ceci n’est plus là.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>More than 2,000 files at once: the rest was left out.</source>
        <translation>Plus de 2&#x202f;000 fichiers à la fois&#xa0;: le reste a été laissé de côté.</translation>
    </message>
</context>
<context>
    <name>LeaveQuestion</name>
    <message>
        <source>Save the rules?</source>
        <translation>Enregistrer les règles&#x202f;?</translation>
    </message>
    <message>
        <source>Not saved: %1. The assistant still follows the rules as they were.</source>
        <translation>Non enregistré&#xa0;: %1. L’assistant suit toujours les règles précédentes.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>Garder pour plus tard</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
</context>
<context>
    <name>ModeRow</name>
    <message>
        <source>Off</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Propositions</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Autonome</translation>
    </message>
    <message>
        <source>What the assistant does on %1</source>
        <translation>Ce que fait l’assistant sur %1</translation>
    </message>
    <message>
        <source>It does not look at these messages.</source>
        <translation>Il ne regarde pas ces messages.</translation>
    </message>
    <message>
        <source>It suggests replies; a person sends each of them.</source>
        <translation>Il propose des réponses&#x202f;; une personne envoie chacune d’elles.</translation>
    </message>
    <message>
        <source>It sends what it is sure of, and suggests the rest.</source>
        <translation>Il envoie ce dont il est sûr et propose le reste.</translation>
    </message>
</context>
<context>
    <name>NoAnswerCard</name>
    <message>
        <source>Nothing in the knowledge base answers this</source>
        <translation>Rien dans la base de connaissances n’y répond</translation>
    </message>
    <message>
        <source>The assistant would say nothing and hand over to a person.</source>
        <translation>L’assistant ne dirait rien et passerait la main à une personne.</translation>
    </message>
    <message>
        <source>Write a FAQ entry</source>
        <translation>Écrire une entrée de FAQ</translation>
    </message>
</context>
<context>
    <name>OffSign</name>
    <message>
        <source>Assistant
off</source>
        <translation>Assistant
arrêté</translation>
    </message>
    <message>
        <source>The assistant is off. Press for the settings.</source>
        <translation>L’assistant est arrêté. Appuyez pour ouvrir les réglages.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find anything</source>
        <translation>Tout rechercher</translation>
    </message>
    <message>
        <source>What do you want to do, or whom to find?</source>
        <translation>Que voulez-vous faire, qui cherchez-vous&#x202f;?</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Escalations</source>
        <translation>Escalades</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Boîte de réception</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Connaissances</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistant</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
</context>
<context>
    <name>PassageCard</name>
    <message>
        <source>%1 sure</source>
        <translation>sûr à %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>FAQ entry</source>
        <translation>Entrée de FAQ</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>page %1</translation>
    </message>
    <message>
        <source>passage %1</source>
        <translation>passage %1</translation>
    </message>
</context>
<context>
    <name>PendingCard</name>
    <message>
        <source>%1: was “%2”, should have been “%3”.</source>
        <translation>%1&#xa0;: «&#xa0;%2&#xa0;», il fallait «&#xa0;%3&#xa0;».</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>Mettre de côté</translation>
    </message>
</context>
<context>
    <name>PendingView</name>
    <message>
        <source>Back to the decisions</source>
        <translation>Retour aux décisions</translation>
    </message>
    <message>
        <source>Proposed examples</source>
        <translation>Exemples proposés</translation>
    </message>
</context>
<context>
    <name>QuoteStrip</name>
    <message>
        <source>Reply without the quote</source>
        <translation>Répondre sans la citation</translation>
    </message>
    <message>
        <source>Replying to %1</source>
        <translation>Réponse à %1</translation>
    </message>
</context>
<context>
    <name>Quotes</name>
    <message>
        <source>Show quotes</source>
        <translation>Voir les extraits</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s): %1</source>
        <translation>
            <numerusform>%n source&#xa0;: %1</numerusform>
            <numerusform>%n sources&#xa0;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Hide quotes</source>
        <translation>Masquer les extraits</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n en attente</numerusform>
            <numerusform>%1, %n en attente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Asks for a person.</source>
        <translation>Demande une personne.</translation>
    </message>
    <message>
        <source>Seems to ask for a person.</source>
        <translation>Semble demander une personne.</translation>
    </message>
    <message>
        <source>Complains.</source>
        <translation>Se plaint.</translation>
    </message>
    <message>
        <source>Seems to complain.</source>
        <translation>Semble se plaindre.</translation>
    </message>
    <message>
        <source>May be asking for a person.</source>
        <translation>Demande peut-être une personne.</translation>
    </message>
    <message>
        <source>May be a complaint.</source>
        <translation>Est peut-être une réclamation.</translation>
    </message>
    <message>
        <source>Reads like an advertisement.</source>
        <translation>Ressemble à une publicité.</translation>
    </message>
    <message>
        <source>Only a greeting, thanks or emoji.</source>
        <translation>Seulement un salut, un merci ou un émoji.</translation>
    </message>
    <message>
        <source>Only a sticker.</source>
        <translation>Seulement un autocollant.</translation>
    </message>
    <message>
        <source>Cannot be shown or read here.</source>
        <translation>Ne peut être ni affiché ni lu ici.</translation>
    </message>
    <message>
        <source>A file without words: needs eyes.</source>
        <translation>Un fichier sans texte&#xa0;: il faut le regarder.</translation>
    </message>
    <message>
        <source>What was found may not answer.</source>
        <translation>Ce qui a été trouvé ne répond peut-être pas.</translation>
    </message>
    <message>
        <source>Nothing known answers.</source>
        <translation>Rien de connu ne répond.</translation>
    </message>
    <message>
        <source>Says the same as an example to ignore.</source>
        <translation>Dit la même chose qu’un exemple à ignorer.</translation>
    </message>
    <message>
        <source>The language model would have a person answer.</source>
        <translation>Le modèle de langue laisserait répondre une personne.</translation>
    </message>
    <message>
        <source>What was found may answer; the language model thinks so.</source>
        <translation>Ce qui a été trouvé répond peut-être&#x202f;; le modèle de langue le pense.</translation>
    </message>
    <message>
        <source>The language model finds no answer in what is known.</source>
        <translation>Le modèle de langue ne trouve pas de réponse dans ce qui est connu.</translation>
    </message>
    <message>
        <source>The reply was held back.</source>
        <translation>La réponse a été retenue.</translation>
    </message>
    <message>
        <source>The entry knows too few ways to ask.</source>
        <translation>L’entrée connaît trop peu de façons de poser la question.</translation>
    </message>
    <message>
        <source>It mentions the matter, but maybe not what is wanted.</source>
        <translation>Elle évoque le sujet, mais peut-être pas ce qui est demandé.</translation>
    </message>
    <message>
        <source>It may hold for another case than the one meant.</source>
        <translation>Elle vaut peut-être pour un autre cas que celui visé.</translation>
    </message>
    <message>
        <source>It does not state the fact that is asked for.</source>
        <translation>Elle ne donne pas l’information demandée.</translation>
    </message>
    <message>
        <source>Part of the question is in nothing known.</source>
        <translation>Une partie de la question ne figure dans aucune source.</translation>
    </message>
    <message>
        <source>Answered by “%1”.</source>
        <translation>Réponse tirée de «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>Your rule “%1” applies: %2.</source>
        <translation>Votre règle «&#xa0;%1&#xa0;» s’applique&#xa0;: %2.</translation>
    </message>
    <message>
        <source>No source says “%1”.</source>
        <translation>Aucune source ne dit «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>No source supports: “%1”</source>
        <translation>Aucune source n’appuie&#xa0;: «&#xa0;%1&#xa0;»</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Your role does not allow this. Ask the owner of the inbox.</source>
        <translation>Votre rôle ne le permet pas. Demandez au propriétaire de la boîte de réception.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Le fichier est vide.</translation>
    </message>
    <message>
        <source>Check that it is the right one.</source>
        <translation>Vérifiez que c’est le bon.</translation>
    </message>
    <message>
        <source>Split it into several documents.</source>
        <translation>Divisez-le en plusieurs documents.</translation>
    </message>
    <message>
        <source>The file is not what its name says.</source>
        <translation>Le fichier n’est pas ce que dit son nom.</translation>
    </message>
    <message>
        <source>Give it the right ending, or save it again in the format that its name says.</source>
        <translation>Donnez-lui la bonne extension, ou enregistrez-le de nouveau au format que dit son nom.</translation>
    </message>
    <message>
        <source>The file is not a text file.</source>
        <translation>Le fichier n’est pas un fichier texte.</translation>
    </message>
    <message>
        <source>Export it as text and add that.</source>
        <translation>Exportez-le en texte et ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>The file is in the old format of Office.</source>
        <translation>Le fichier est dans l’ancien format d’Office.</translation>
    </message>
    <message>
        <source>Save it as .docx, .xlsx, .pptx or PDF and add that.</source>
        <translation>Enregistrez-le en .docx, .xlsx, .pptx ou PDF et ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>The document carries macros, which are programs.</source>
        <translation>Le document contient des macros, qui sont des programmes.</translation>
    </message>
    <message>
        <source>Save it without macros, or as a PDF.</source>
        <translation>Enregistrez-le sans macros, ou en PDF.</translation>
    </message>
    <message>
        <source>The file is protected with a password.</source>
        <translation>Le fichier est protégé par un mot de passe.</translation>
    </message>
    <message>
        <source>Save a copy without the password and add that.</source>
        <translation>Enregistrez une copie sans mot de passe et ajoutez celle-ci.</translation>
    </message>
    <message>
        <source>The file is damaged.</source>
        <translation>Le fichier est abîmé.</translation>
    </message>
    <message>
        <source>Open it in the program it was made with, save it again and add that.</source>
        <translation>Ouvrez-le dans le logiciel qui l’a créé, enregistrez-le de nouveau et ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>The file unpacks to far more than a document holds.</source>
        <translation>Décompressé, le fichier est bien plus grand qu’un document.</translation>
    </message>
    <message>
        <source>Save it again, or as a PDF, and add that.</source>
        <translation>Enregistrez-le de nouveau, ou en PDF, et ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>The document declares entities, which no office program writes.</source>
        <translation>Le document déclare des entités, ce qu’aucun logiciel de bureau ne fait.</translation>
    </message>
    <message>
        <source>Open it, save it again and add that.</source>
        <translation>Ouvrez-le, enregistrez-le de nouveau et ajoutez celui-ci.</translation>
    </message>
    <message>
        <source>The file holds no text.</source>
        <translation>Le fichier ne contient pas de texte.</translation>
    </message>
    <message>
        <source>All pages of the document are pictures, so there is no text to read.</source>
        <translation>Toutes les pages du document sont des images, il n’y a donc pas de texte à lire.</translation>
    </message>
    <message>
        <source>Install Tesseract on this machine to have them recognised, or add a text.</source>
        <translation>Installez Tesseract sur cette machine pour les faire reconnaître, ou ajoutez un texte.</translation>
    </message>
    <message>
        <source>Reading the file takes too long.</source>
        <translation>La lecture du fichier prend trop de temps.</translation>
    </message>
    <message>
        <source>Split it into several documents, or save it in another format.</source>
        <translation>Divisez-le en plusieurs documents, ou enregistrez-le dans un autre format.</translation>
    </message>
    <message>
        <source>Reading the file takes too much memory.</source>
        <translation>La lecture du fichier demande trop de mémoire.</translation>
    </message>
    <message>
        <source>The file is damaged in a way that stopped its reader.</source>
        <translation>Le fichier est abîmé au point d’avoir arrêté son lecteur.</translation>
    </message>
    <message>
        <source>The file cannot be opened.</source>
        <translation>Le fichier ne peut pas être ouvert.</translation>
    </message>
    <message>
        <source>Check that it is still there, and yours to read.</source>
        <translation>Vérifiez qu’il est toujours là et que vous avez le droit de le lire.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Le fichier n’a pas pu être écrit.</translation>
    </message>
    <message>
        <source>This document has been removed.</source>
        <translation>Ce document a été retiré.</translation>
    </message>
    <message>
        <source>This entry has been removed.</source>
        <translation>Cette entrée a été retirée.</translation>
    </message>
    <message>
        <source>The original file of this document is not kept here.</source>
        <translation>Le fichier original de ce document n’est pas conservé ici.</translation>
    </message>
    <message>
        <source>Add it again.</source>
        <translation>Ajoutez-le de nouveau.</translation>
    </message>
</context>
<context>
    <name>RehearsalPage</name>
    <message>
        <source>Days to go back</source>
        <translation>Nombre de jours à reprendre</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Lancer</translation>
    </message>
    <message>
        <source>Kinds of change</source>
        <translation>Types de changement</translation>
    </message>
    <message>
        <source>Changed decisions</source>
        <translation>Décisions changées</translation>
    </message>
    <message>
        <source>See what your rules would have done</source>
        <translation>Voyez ce que vos règles auraient fait</translation>
    </message>
    <message>
        <source>The messages of the last days are decided again under the rules of the form. You see each decision that would change. Nothing is sent.</source>
        <translation>Les messages des derniers jours sont décidés à nouveau selon les règles du formulaire. Vous voyez chaque décision qui changerait. Rien n’est envoyé.</translation>
    </message>
    <message>
        <source>Nothing would change</source>
        <translation>Rien ne changerait</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) would be decided as they were.</source>
        <translation>
            <numerusform>%n message serait décidé comme avant.</numerusform>
            <numerusform>%n messages seraient décidés comme avant.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is sent by itself at other costs: see the curve.</source>
        <translation>Pour ce qui part seul à d’autres coûts, voyez la courbe.</translation>
    </message>
    <message>
        <source>Nobody has written in these days.</source>
        <translation>Personne n’a écrit pendant ces jours.</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) of %1 would change.</source>
        <translation>
            <numerusform>%n décision sur %1 changerait.</numerusform>
            <numerusform>%n décisions sur %1 changeraient.</numerusform>
        </translation>
    </message>
    <message>
        <source>The rehearsal stopped</source>
        <translation>La simulation s’est arrêtée</translation>
    </message>
    <message>
        <source>with your unsaved changes</source>
        <translation>avec vos changements non enregistrés</translation>
    </message>
    <message>
        <source>with the rules in force</source>
        <translation>avec les règles en vigueur</translation>
    </message>
    <message>
        <source>The rules have changed since this rehearsal. Start it again.</source>
        <translation>Les règles ont changé depuis cette simulation. Relancez-la.</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>Last days:</source>
        <translation>Derniers jours&#xa0;:</translation>
    </message>
</context>
<context>
    <name>RehearsalProgress</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Reading the messages…</source>
        <translation>Lecture des messages…</translation>
    </message>
    <message>
        <source>%1 of %2 messages decided again</source>
        <translation>%1 messages sur %2 décidés à nouveau</translation>
    </message>
</context>
<context>
    <name>Repair</name>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>React</source>
        <translation>Réagir</translation>
    </message>
    <message>
        <source>Take our reaction back</source>
        <translation>Retirer notre réaction</translation>
    </message>
    <message>
        <source>Reply to this message</source>
        <translation>Répondre à ce message</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Copier le texte</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>Renvoyer…</translation>
    </message>
    <message>
        <source>It has arrived</source>
        <translation>Il est bien arrivé</translation>
    </message>
    <message>
        <source>It was not sent</source>
        <translation>Il n’a pas été envoyé</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Send it as yours</source>
        <translation>L’envoyer en votre nom</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Send this message again?</source>
        <translation>Renvoyer ce message&#x202f;?</translation>
    </message>
    <message>
        <source>The platform never told us whether it took this message. If it did, the customer will read the same words twice. Look at the conversation in the app of the platform first if you can.</source>
        <translation>La plateforme ne nous a jamais dit si elle avait accepté ce message. Si c’est le cas, le client lira deux fois la même chose. Si possible, vérifiez d’abord la conversation dans l’application de la plateforme.</translation>
    </message>
</context>
<context>
    <name>ReplayView</name>
    <message>
        <source>Replay</source>
        <translation>Rejouer</translation>
    </message>
    <message>
        <source>Decide again, as it was then and as it would be today.</source>
        <translation>Décider à nouveau, comme à l’époque et comme aujourd’hui.</translation>
    </message>
    <message>
        <source>Decided again</source>
        <translation>Décidé à nouveau</translation>
    </message>
    <message>
        <source>Under today&apos;s rules</source>
        <translation>Selon les règles d’aujourd’hui</translation>
    </message>
    <message>
        <source>WHAT IS DIFFERENT TODAY</source>
        <translation>CE QUI DIFFÈRE AUJOURD’HUI</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Réflexion…</translation>
    </message>
    <message>
        <source>From what was kept, the same is decided again.</source>
        <translation>D’après ce qui a été conservé, la décision reste la même.</translation>
    </message>
    <message>
        <source>From what was kept, something else is decided now.</source>
        <translation>D’après ce qui a été conservé, la décision est maintenant différente.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>The assistant may say the one or the other. Put one right.</source>
        <translation>L’assistant peut dire l’un ou l’autre. Corrigez l’un des deux.</translation>
    </message>
    <message>
        <source>They do not contradict</source>
        <translation>Ils ne se contredisent pas</translation>
    </message>
    <message>
        <source>A date that has passed</source>
        <translation>Une date dépassée</translation>
    </message>
    <message>
        <source>The assistant may still answer with this. Change the document and add it again, or remove it.</source>
        <translation>L’assistant peut encore répondre avec ceci. Modifiez le document et ajoutez-le de nouveau, ou retirez-le.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
</context>
<context>
    <name>RowWriter</name>
    <message>
        <source>CONTRADICTIONS</source>
        <translation>CONTRADICTIONS</translation>
    </message>
    <message>
        <source>DATES THAT HAVE PASSED</source>
        <translation>DATES DÉPASSÉES</translation>
    </message>
    <message>
        <source>NOT CHANGED FOR A YEAR</source>
        <translation>INCHANGÉS DEPUIS UN AN</translation>
    </message>
    <message>
        <source>NEVER USED IN AN ANSWER</source>
        <translation>JAMAIS UTILISÉS DANS UNE RÉPONSE</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>Pas encore d’utilisation</translation>
    </message>
    <message numerus="yes">
        <source>Used %n time(s)</source>
        <translation>
            <numerusform>%n utilisation</numerusform>
            <numerusform>%n utilisations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contradiction(s)</source>
        <translation>
            <numerusform>%n contradiction</numerusform>
            <numerusform>%n contradictions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n avertissement</numerusform>
            <numerusform>%n avertissements</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading in, %1</source>
        <translation>Lecture en cours, %1</translation>
    </message>
    <message>
        <source>Reading in…</source>
        <translation>Lecture en cours…</translation>
    </message>
    <message>
        <source>In work</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message numerus="yes">
        <source>%n way(s) to ask</source>
        <translation>
            <numerusform>%n façon de demander</numerusform>
            <numerusform>%n façons de demander</numerusform>
        </translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivée</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Non enregistrée</translation>
    </message>
    <message>
        <source>Different prices</source>
        <translation>Prix différents</translation>
    </message>
    <message>
        <source>Different dates</source>
        <translation>Dates différentes</translation>
    </message>
    <message>
        <source>Different hours</source>
        <translation>Horaires différents</translation>
    </message>
    <message>
        <source>Different durations</source>
        <translation>Durées différentes</translation>
    </message>
    <message>
        <source>Different ages</source>
        <translation>Âges différents</translation>
    </message>
    <message>
        <source>Different phone numbers</source>
        <translation>Numéros de téléphone différents</translation>
    </message>
    <message>
        <source>Different e-mail addresses</source>
        <translation>Adresses e-mail différentes</translation>
    </message>
    <message>
        <source>One says yes, the other no</source>
        <translation>L’un dit oui, l’autre non</translation>
    </message>
    <message>
        <source>Different percentages</source>
        <translation>Pourcentages différents</translation>
    </message>
    <message>
        <source>Different quantities</source>
        <translation>Quantités différentes</translation>
    </message>
    <message>
        <source>Different statements</source>
        <translation>Affirmations différentes</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>Depuis le %1</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>“%1” is no web address. Write it like example.com/shop.</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas une adresse web. Écrivez-la comme example.com/shop.</translation>
    </message>
    <message>
        <source>%1 is longer than %2 characters. Shorten it.</source>
        <translation>%1&#xa0;: plus de %2 caractères. Raccourcissez.</translation>
    </message>
    <message>
        <source>%1: more than %2. Keep those that differ most.</source>
        <translation>%1&#xa0;: plus de %2. Gardez les plus différents.</translation>
    </message>
    <message>
        <source>Give the rule a name.</source>
        <translation>Donnez un nom à la règle.</translation>
    </message>
    <message>
        <source>Another rule has this name. Decisions name their rule: change one.</source>
        <translation>Une autre règle porte ce nom. Les décisions citent leur règle&#xa0;: changez l’un des deux noms.</translation>
    </message>
    <message>
        <source>This pattern cannot be used. %1</source>
        <translation>Ce motif est inutilisable. %1</translation>
    </message>
    <message>
        <source>Choose at least one day.</source>
        <translation>Choisissez au moins un jour.</translation>
    </message>
    <message>
        <source>Choose a time zone from the list.</source>
        <translation>Choisissez un fuseau horaire dans la liste.</translation>
    </message>
    <message>
        <source>Choose at least one condition, or the rule would decide every message.</source>
        <translation>Choisissez au moins une condition, sinon la règle déciderait de tous les messages.</translation>
    </message>
    <message>
        <source>%1 sure that the reply is right.</source>
        <translation>Sûr à %1 que la réponse est juste.</translation>
    </message>
    <message>
        <source>%1 sure that a person should look.</source>
        <translation>Sûr à %1 qu’une personne doit regarder.</translation>
    </message>
    <message>
        <source>%1 sure that no reply is expected.</source>
        <translation>Sûr à %1 qu’aucune réponse n’est attendue.</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignoré</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Transmis</translation>
    </message>
    <message>
        <source>Answer it</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Ignore it</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Hand it over to a person</source>
        <translation>Transmettre à une personne</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transmettre</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positif</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutre</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>négatif</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Messages to ignore</source>
        <translation>Messages à ignorer</translation>
    </message>
    <message>
        <source>Messages to hand over</source>
        <translation>Messages à transmettre</translation>
    </message>
    <message>
        <source>Messages to answer</source>
        <translation>Messages auxquels répondre</translation>
    </message>
    <message>
        <source>Allowed links</source>
        <translation>Liens autorisés</translation>
    </message>
    <message>
        <source>Language of replies</source>
        <translation>Langue des réponses</translation>
    </message>
    <message>
        <source>Costs of mistakes</source>
        <translation>Coût des erreurs</translation>
    </message>
    <message>
        <source>Advanced rules</source>
        <translation>Règles avancées</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a percentage</comment>
        <translation>%1&#x202f;%</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1&#xa0;ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>You can look and try everything out. Owners and admins save the rules.</source>
        <translation>Vous pouvez tout regarder et tout essayer. Les propriétaires et les administrateurs enregistrent les règles.</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>We are a small café. Say “vous”. Never promise a table.</source>
        <translation>Nous sommes un petit café. Dites «&#xa0;vous&#xa0;». Ne promettez jamais de table.</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Friendly and short, without exclamation marks</source>
        <translation>Aimable et bref, sans points d’exclamation</translation>
    </message>
    <message>
        <source>example.com/shop, then Enter</source>
        <translation>example.com/shop, puis Entrée</translation>
    </message>
    <message>
        <source>A message, then Enter; paste several lines to add several</source>
        <translation>Un message, puis Entrée&#x202f;; collez plusieurs lignes pour en ajouter plusieurs</translation>
    </message>
    <message>
        <source>What it should know and keep to when it writes.</source>
        <translation>Ce qu’il doit savoir et respecter quand il écrit.</translation>
    </message>
    <message>
        <source>How your replies sound.</source>
        <translation>Le ton de vos réponses.</translation>
    </message>
    <message>
        <source>Ignore messages like these</source>
        <translation>Ignorer les messages comme ceux-ci</translation>
    </message>
    <message>
        <source>Advertising, thanks, chain letters: nobody needs to see them.</source>
        <translation>Publicité, remerciements, chaînes&#xa0;: personne n’a besoin de les voir.</translation>
    </message>
    <message>
        <source>Hand over messages like these</source>
        <translation>Transmettre les messages comme ceux-ci</translation>
    </message>
    <message>
        <source>They always go to a person, even with an answer on file.</source>
        <translation>Ils vont toujours à une personne, même si une réponse est connue.</translation>
    </message>
    <message>
        <source>Answer messages like these</source>
        <translation>Répondre aux messages comme ceux-ci</translation>
    </message>
    <message>
        <source>They are never ignored: an answer on file is used.</source>
        <translation>Ils ne sont jamais ignorés&#xa0;: si une réponse est connue, elle est utilisée.</translation>
    </message>
    <message>
        <source>Allowed links</source>
        <translation>Liens autorisés</translation>
    </message>
    <message>
        <source>The assistant sends links to these addresses only.</source>
        <translation>L’assistant n’envoie que des liens vers ces adresses.</translation>
    </message>
    <message>
        <source>What mistakes cost</source>
        <translation>Ce que coûtent les erreurs</translation>
    </message>
    <message>
        <source>The dearer a wrong reply, the more often a person is asked instead. You say the price, the assistant does the sums.</source>
        <translation>Plus une mauvaise réponse coûte cher, plus l’assistant fait appel à une personne. Vous fixez le prix, l’assistant fait le calcul.</translation>
    </message>
</context>
<context>
    <name>RulesPages</name>
    <message>
        <source>Rules</source>
        <translation>Règles</translation>
    </message>
    <message>
        <source>Advanced rules</source>
        <translation>Règles avancées</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Décisions</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>Missing answers</source>
        <translation>Réponses manquantes</translation>
    </message>
</context>
<context>
    <name>RulesPane</name>
    <message>
        <source>Assistant</source>
        <translation>Assistant</translation>
    </message>
    <message>
        <source>Reading the rules…</source>
        <translation>Lecture des règles…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Save the rules</source>
        <translation>Enregistrer les règles</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Try a message</source>
        <translation>Essayer un message</translation>
    </message>
    <message>
        <source>Rehearse the rules</source>
        <translation>Simuler les règles</translation>
    </message>
    <message>
        <source>New advanced rule</source>
        <translation>Nouvelle règle avancée</translation>
    </message>
    <message>
        <source>Search the decisions</source>
        <translation>Rechercher dans les décisions</translation>
    </message>
    <message>
        <source>Next decision</source>
        <translation>Décision suivante</translation>
    </message>
    <message>
        <source>Previous decision</source>
        <translation>Décision précédente</translation>
    </message>
    <message>
        <source>Replay the decision</source>
        <translation>Rejouer la décision</translation>
    </message>
    <message>
        <source>This was wrong</source>
        <translation>C’était une erreur</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>non enregistré</translation>
    </message>
    <message>
        <source>The rules are saved and in force</source>
        <translation>Les règles sont enregistrées et en vigueur</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Rehearse first</source>
        <translation>Simuler d’abord</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>Tout est enregistré.</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Non enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Somebody saved other rules meanwhile (%1). What you typed is still here; Save puts it in place of theirs.</source>
        <translation>Quelqu’un a enregistré d’autres règles entre-temps (%1). Votre saisie est toujours là&#x202f;; «&#xa0;Enregistrer&#xa0;» remplacera les siennes.</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre les siennes</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Looking…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>FOUND, BEST FIRST</source>
        <translation>TROUVÉS, LES MEILLEURS D’ABORD</translation>
    </message>
    <message>
        <source>NEAR, BUT BELOW %1: NOT USED TO ANSWER</source>
        <translation>PROCHES, MAIS SOUS %1&#xa0;: INUTILISÉS POUR RÉPONDRE</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>not saved</source>
        <translation>non enregistré</translation>
    </message>
</context>
<context>
    <name>Sender</name>
    <message>
        <source>Reading the conversation…</source>
        <translation>Lecture de la conversation…</translation>
    </message>
    <message>
        <source>You are editing the suggested reply</source>
        <translation>Vous modifiez la réponse proposée</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Envoi…</translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Turn the assistant on again</source>
        <translation>Remettre l’assistant en marche</translation>
    </message>
    <message>
        <source>Stop the assistant everywhere</source>
        <translation>Arrêter l’assistant partout</translation>
    </message>
    <message>
        <source>Assistant on %1 (%2)</source>
        <translation>Assistant sur %1 (%2)</translation>
    </message>
    <message>
        <source>Off: it neither drafts nor sends</source>
        <translation>Arrêté&#xa0;: il ne propose rien et n’envoie rien</translation>
    </message>
    <message>
        <source>Suggest: it drafts, a person sends</source>
        <translation>Propositions&#xa0;: il rédige, une personne envoie</translation>
    </message>
    <message>
        <source>Answer: it sends by itself when it is sure</source>
        <translation>Réponses&#xa0;: il envoie seul quand il est sûr</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
</context>
<context>
    <name>SettingsPane</name>
    <message>
        <source>Choose a channel</source>
        <translation>Choisissez un canal</translation>
    </message>
    <message>
        <source>The companion looks at the channel now.</source>
        <translation>Le compagnon vérifie le canal.</translation>
    </message>
    <message>
        <source>Next channel</source>
        <translation>Canal suivant</translation>
    </message>
    <message>
        <source>Previous channel</source>
        <translation>Canal précédent</translation>
    </message>
    <message>
        <source>Connect an account</source>
        <translation>Connecter un compte</translation>
    </message>
    <message>
        <source>Test the channel</source>
        <translation>Tester le canal</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>Pause or resume sending</source>
        <translation>Suspendre ou reprendre l’envoi</translation>
    </message>
    <message>
        <source>Remove the channel</source>
        <translation>Retirer le canal</translation>
    </message>
</context>
<context>
    <name>Snooze</name>
    <message>
        <source>In 1 hour</source>
        <translation>Dans 1 heure</translation>
    </message>
    <message>
        <source>In 3 hours</source>
        <translation>Dans 3 heures</translation>
    </message>
    <message>
        <source>Tomorrow at 9:00</source>
        <translation>Demain à 9&#xa0;h</translation>
    </message>
    <message>
        <source>Monday at 9:00</source>
        <translation>Lundi à 9&#xa0;h</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>What the assistant knows</source>
        <translation>Ce que sait l’assistant</translation>
    </message>
    <message>
        <source>Choose a document or an entry on the left, or ask above as a customer would, to see what the assistant finds.</source>
        <translation>Choisissez un document ou une entrée à gauche, ou demandez ci-dessus comme le ferait un client, pour voir ce que trouve l’assistant.</translation>
    </message>
    <message>
        <source>Ask as a customer would…</source>
        <translation>Demandez comme un client…</translation>
    </message>
    <message>
        <source>Language of the texts to search</source>
        <translation>Langue des textes où chercher</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>Toutes les langues</translation>
    </message>
    <message>
        <source>Back to what was found</source>
        <translation>Retour aux résultats</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>The companion runs again. Waiting replies are leaving now.</source>
        <translation>Le compagnon tourne à nouveau. Les réponses en attente partent maintenant.</translation>
    </message>
    <message>
        <source>No companion is running: messages are neither received nor sent.</source>
        <translation>Le compagnon ne tourne pas&#xa0;: aucun message n’est reçu ni envoyé.</translation>
    </message>
    <message>
        <source>The companion stopped and is being restarted. Sending pauses meanwhile.</source>
        <translation>Le compagnon s’est arrêté et redémarre. Les envois attendent.</translation>
    </message>
    <message>
        <source>The companion does not stay up: messages are neither received nor sent. Its log says why.</source>
        <translation>Le compagnon ne reste pas en marche&#xa0;: aucun message n’est reçu ni envoyé. Son journal dit pourquoi.</translation>
    </message>
    <message>
        <source>Resume sending</source>
        <translation>Reprendre les envois</translation>
    </message>
    <message>
        <source>Reconnect…</source>
        <translation>Reconnecter…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) may not have arrived. Open the conversations marked “Check sending”.</source>
        <translation>
            <numerusform>%n message n’est peut-être pas arrivé. Ouvrez la conversation marquée «&#xa0;Envoi à vérifier&#xa0;».</numerusform>
            <numerusform>%n messages ne sont peut-être pas arrivés. Ouvrez les conversations marquées «&#xa0;Envoi à vérifier&#xa0;».</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notice(s) from the platforms could not be read. They are kept and can be replayed on the companion.</source>
        <translation>
            <numerusform>%n avis d’une plateforme n’a pas pu être lu. Il est conservé et peut être rejoué sur le compagnon.</numerusform>
            <numerusform>%n avis des plateformes n’ont pas pu être lus. Ils sont conservés et peuvent être rejoués sur le compagnon.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending is paused on %1 (%2). Replies wait and leave afterwards.</source>
        <translation>Les envois sont suspendus sur %1 (%2). Les réponses attendent et partiront ensuite.</translation>
    </message>
    <message>
        <source>%1 (%2) has signed us out: “%3” Connect it again; replies wait and leave afterwards.</source>
        <translation>%1 (%2) nous a déconnectés&#xa0;: «&#xa0;%3&#xa0;» Reconnectez-le&#x202f;; les réponses attendent et partiront ensuite.</translation>
    </message>
</context>
<context>
    <name>SwitchSection</name>
    <message>
        <source>The assistant works</source>
        <translation>Assistant en marche</translation>
    </message>
    <message>
        <source>Language when the customer&apos;s cannot be told</source>
        <translation>Langue quand celle du client est incertaine</translation>
    </message>
    <message>
        <source>No preference</source>
        <translation>Sans préférence</translation>
    </message>
    <message>
        <source>On each channel it does what is chosen below. Changes act at once.</source>
        <translation>Sur chaque canal, il fait ce qui est choisi ci-dessous. Les changements prennent effet aussitôt.</translation>
    </message>
    <message>
        <source>It neither drafts nor sends, on any channel. Messages wait for your team.</source>
        <translation>Il ne propose rien et n’envoie rien, sur aucun canal. Les messages attendent votre équipe.</translation>
    </message>
    <message>
        <source>CHANNELS</source>
        <translation>CANAUX</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>No comment chosen</source>
        <translation>Aucun commentaire choisi</translation>
    </message>
    <message>
        <source>J and K walk through the comments, Enter writes an answer.</source>
        <translation>J et K parcourent les commentaires, Entrée écrit une réponse.</translation>
    </message>
    <message>
        <source>A post without words</source>
        <translation>Une publication sans texte</translation>
    </message>
    <message>
        <source>Remove this comment?</source>
        <translation>Supprimer ce commentaire&#x202f;?</translation>
    </message>
    <message>
        <source>It disappears from the platform for everybody, and cannot come back.</source>
        <translation>Il disparaît de la plateforme pour tout le monde et ne reviendra pas.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Comments under the post</source>
        <translation>Commentaires sous la publication</translation>
    </message>
    <message>
        <source>POST</source>
        <translation>PUBLICATION</translation>
    </message>
</context>
<context>
    <name>TemplateForm</name>
    <message>
        <source>Template</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>The customer reads:</source>
        <translation>Le client lit&#xa0;:</translation>
    </message>
    <message>
        <source>Read the templates again</source>
        <translation>Relire les modèles</translation>
    </message>
    <message>
        <source>Send the template</source>
        <translation>Envoyer le modèle</translation>
    </message>
    <message>
        <source>Close the template</source>
        <translation>Fermer le modèle</translation>
    </message>
    <message>
        <source>No approved template is known for this channel.</source>
        <translation>Aucun modèle approuvé n’est connu pour ce canal.</translation>
    </message>
    <message>
        <source>https address of the file at the head</source>
        <translation>Adresse https du fichier d’en-tête</translation>
    </message>
    <message>
        <source>Heading: %1</source>
        <translation>Titre&#xa0;: %1</translation>
    </message>
    <message>
        <source>Value for %1</source>
        <translation>Valeur pour %1</translation>
    </message>
    <message>
        <source>End of the address behind “%1”</source>
        <translation>Fin de l’adresse du bouton «&#xa0;%1&#xa0;»</translation>
    </message>
</context>
<context>
    <name>Templating</name>
    <message>
        <source>The reply window is closed. A template is what can be sent until the customer writes again.</source>
        <translation>Le délai de réponse est passé. Seul un modèle peut être envoyé jusqu’au prochain message du client.</translation>
    </message>
    <message>
        <source>Send a template instead of words of your own.</source>
        <translation>Envoyez un modèle à la place de vos propres mots.</translation>
    </message>
</context>
<context>
    <name>TextCounter</name>
    <message numerus="yes">
        <source>%n byte(s) too many</source>
        <translation>
            <numerusform>%n octet de trop</numerusform>
            <numerusform>%n octets de trop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation>
            <numerusform>%n caractère en trop</numerusform>
            <numerusform>%n caractères en trop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) left</source>
        <translation>
            <numerusform>encore %n octet</numerusform>
            <numerusform>encore %n octets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n caractère restant</numerusform>
            <numerusform>%n caractères restants</numerusform>
        </translation>
    </message>
    <message>
        <source>an accent counts as 2, an emoji as 4 or more</source>
        <translation>un accent compte pour 2, un emoji pour 4 ou plus</translation>
    </message>
    <message>
        <source>a link counts as 23, an emoji as 2</source>
        <translation>un lien compte pour 23, un emoji pour 2</translation>
    </message>
</context>
<context>
    <name>Thread</name>
    <message>
        <source>you: %1</source>
        <translation>vous&#xa0;: %1</translation>
    </message>
    <message>
        <source>This message was deleted by its author.</source>
        <translation>Ce message a été supprimé par son auteur.</translation>
    </message>
    <message>
        <source>An earlier message</source>
        <translation>Un message antérieur</translation>
    </message>
    <message>
        <source>It is not here.</source>
        <translation>Il n’est pas ici.</translation>
    </message>
    <message>
        <source>Shared a place</source>
        <translation>A partagé un lieu</translation>
    </message>
    <message>
        <source>Shared a contact</source>
        <translation>A partagé un contact</translation>
    </message>
    <message>
        <source>Sent an order</source>
        <translation>A envoyé une commande</translation>
    </message>
    <message>
        <source>Shared a post</source>
        <translation>A partagé une publication</translation>
    </message>
    <message>
        <source>Mentioned you in a story</source>
        <translation>Vous a mentionné dans une story</translation>
    </message>
    <message>
        <source>Replied to your story</source>
        <translation>A répondu à votre story</translation>
    </message>
    <message>
        <source>Sent a sticker</source>
        <translation>A envoyé un autocollant</translation>
    </message>
    <message>
        <source>A kind of message that only the platform itself can show</source>
        <translation>Un type de message que seule la plateforme peut afficher</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>Un collègue</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistant</translation>
    </message>
    <message>
        <source>Sent outside SocialSync</source>
        <translation>Envoyé hors de SocialSync</translation>
    </message>
    <message>
        <source>Try again…</source>
        <translation>Réessayer…</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>Examiner</translation>
    </message>
    <message>
        <source>Send or withdraw…</source>
        <translation>Envoyer ou retirer…</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>En attente d’envoi</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Envoi…</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Distribué</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Non envoyé</translation>
    </message>
    <message>
        <source>It is not known whether this arrived.</source>
        <translation>Nul ne sait si ce message est arrivé.</translation>
    </message>
    <message>
        <source>Held back: the assistant was switched off.</source>
        <translation>Retenu&#xa0;: l’assistant était arrêté.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Non envoyé&#xa0;: %1</translation>
    </message>
    <message>
        <source>internal note</source>
        <translation>note interne</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>In reply to %1: %2</source>
        <translation>En réponse à %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Forwarded:</source>
        <translation>Transféré&#xa0;:</translation>
    </message>
    <message>
        <source>Came from an advertisement: %1</source>
        <translation>Vient d’une publicité&#xa0;: %1</translation>
    </message>
    <message>
        <source>Came from an advertisement</source>
        <translation>Vient d’une publicité</translation>
    </message>
    <message>
        <source>About the product %1:</source>
        <translation>À propos du produit %1&#xa0;:</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Filled in a form</source>
        <translation>A rempli un formulaire</translation>
    </message>
    <message>
        <source>Allows us to call</source>
        <translation>Accepte d’être appelé</translation>
    </message>
    <message>
        <source>Does not want to be called</source>
        <translation>Ne souhaite pas être appelé</translation>
    </message>
    <message>
        <source>Chose: %1</source>
        <translation>A choisi&#xa0;: %1</translation>
    </message>
    <message>
        <source>Called you · %1 s</source>
        <translation>Vous a appelé · %1&#xa0;s</translation>
    </message>
    <message>
        <source>Called you; nobody answered</source>
        <translation>Vous a appelé&#x202f;; personne n’a répondu</translation>
    </message>
    <message>
        <source>Called you</source>
        <translation>Vous a appelé</translation>
    </message>
</context>
<context>
    <name>ThreadColumn</name>
    <message>
        <source>No conversation chosen</source>
        <translation>Aucune conversation sélectionnée</translation>
    </message>
    <message>
        <source>J and K walk through the list, Ctrl+K finds anything, ? shows all keys.</source>
        <translation>J et K parcourent la liste, Ctrl+K trouve tout, la touche «&#x202f;?&#xa0;» affiche tous les raccourcis.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Reply to %1…</source>
        <translation>Répondre à %1…</translation>
    </message>
</context>
<context>
    <name>ThreadHeader</name>
    <message>
        <source>Pause the assistant here</source>
        <translation>Mettre l’assistant en pause ici</translation>
    </message>
    <message>
        <source>Let the assistant answer again</source>
        <translation>Laisser l’assistant répondre à nouveau</translation>
    </message>
    <message>
        <source>Customer and notes</source>
        <translation>Client et notes</translation>
    </message>
    <message>
        <source>Snooze (S)</source>
        <translation>Mettre en veille (S)</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>M’attribuer</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Résoudre</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>How long this customer can be answered</source>
        <translation>Temps restant pour répondre à ce client</translation>
    </message>
    <message>
        <source>Assigned to %1; press to release</source>
        <translation>Attribuée à %1&#x202f;; appuyez pour la libérer</translation>
    </message>
    <message>
        <source>assistant paused</source>
        <translation>assistant en pause</translation>
    </message>
</context>
<context>
    <name>ThreadSurface</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>TokenForm</name>
    <message>
        <source>Account ID</source>
        <translation>Identifiant du compte</translation>
    </message>
    <message>
        <source>Name here (optional)</source>
        <translation>Nom ici (facultatif)</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Jeton d’accès</translation>
    </message>
</context>
<context>
    <name>TriageEditor</name>
    <message>
        <source>Name of the rule</source>
        <translation>Nom de la règle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>What then</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Mot</translation>
    </message>
    <message>
        <source>A word, then Enter</source>
        <translation>Un mot, puis Entrée</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>Sentiment</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>A label, then Enter</source>
        <translation>Une étiquette, puis Entrée</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>any</source>
        <translation>peu importe</translation>
    </message>
    <message>
        <source>THEN</source>
        <translation>ALORS</translation>
    </message>
    <message>
        <source>WHEN IT COMES BY</source>
        <translation>QUAND IL ARRIVE PAR</translation>
    </message>
    <message>
        <source>WHEN IT CONTAINS ONE OF THESE</source>
        <translation>QUAND IL CONTIENT L’UN DE CES MOTS</translation>
    </message>
    <message>
        <source>WHEN IT MATCHES THE PATTERN</source>
        <translation>QUAND IL CORRESPOND AU MOTIF</translation>
    </message>
    <message>
        <source>WHEN IT IS WRITTEN IN</source>
        <translation>QUAND IL EST ÉCRIT EN</translation>
    </message>
    <message>
        <source>WHEN IT SOUNDS</source>
        <translation>QUAND SON SENTIMENT EST</translation>
    </message>
    <message>
        <source>WHEN THE CONVERSATION CARRIES A LABEL</source>
        <translation>QUAND LA CONVERSATION PORTE UNE ÉTIQUETTE</translation>
    </message>
    <message>
        <source>WHEN IT ARRIVES</source>
        <translation>QUAND IL ARRIVE</translation>
    </message>
</context>
<context>
    <name>TriagePage</name>
    <message>
        <source>Advanced rules, in their order</source>
        <translation>Règles avancées, dans leur ordre</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>No advanced rules</source>
        <translation>Aucune règle avancée</translation>
    </message>
    <message>
        <source>A rule decides by words, channel, language, mood, label or hour, before the assistant thinks about the message itself.</source>
        <translation>Une règle décide selon les mots, le canal, la langue, le sentiment, l’étiquette ou l’heure, avant que l’assistant ne réfléchisse lui-même au message.</translation>
    </message>
    <message>
        <source>Write the first rule</source>
        <translation>Écrire la première règle</translation>
    </message>
    <message>
        <source>No rule chosen</source>
        <translation>Aucune règle sélectionnée</translation>
    </message>
    <message>
        <source>Choose one on the left.</source>
        <translation>Choisissez-en une à gauche.</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (copie)</translation>
    </message>
    <message>
        <source>Advanced rules</source>
        <translation>Règles avancées</translation>
    </message>
    <message>
        <source>From top to bottom: the first rule that holds decides. Drag to order.</source>
        <translation>De haut en bas&#xa0;: la première règle qui s’applique décide. Glissez pour changer l’ordre.</translation>
    </message>
</context>
<context>
    <name>TriageRule</name>
    <message>
        <source>Off</source>
        <translation>Désactivée</translation>
    </message>
    <message>
        <source>To be completed</source>
        <translation>À compléter</translation>
    </message>
    <message>
        <source>Rule without a name</source>
        <translation>Règle sans nom</translation>
    </message>
    <message>
        <source>Nothing is asked of the message yet.</source>
        <translation>Aucune condition pour le moment.</translation>
    </message>
    <message>
        <source>ignore it.</source>
        <translation>l’ignorer.</translation>
    </message>
    <message>
        <source>hand it over to a person.</source>
        <translation>le transmettre à une personne.</translation>
    </message>
    <message>
        <source>answer it when an answer is on file.</source>
        <translation>y répondre si une réponse est connue.</translation>
    </message>
    <message>
        <source>When a message %1, %2</source>
        <comment>conditions, outcome</comment>
        <translation>Quand un message %1, %2</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 ou %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 et %2</translation>
    </message>
    <message>
        <source>comes by %1</source>
        <translation>arrive par %1</translation>
    </message>
    <message>
        <source>contains %1</source>
        <translation>contient %1</translation>
    </message>
    <message>
        <source>matches the pattern %1</source>
        <translation>correspond au motif %1</translation>
    </message>
    <message>
        <source>is written in %1</source>
        <translation>est écrit en %1</translation>
    </message>
    <message>
        <source>sounds %1</source>
        <translation>exprime un sentiment %1</translation>
    </message>
    <message>
        <source>carries the label %1</source>
        <translation>porte l’étiquette %1</translation>
    </message>
    <message>
        <source>arrives outside %1 to %2 on %3</source>
        <translation>arrive en dehors de %1 – %2 (%3)</translation>
    </message>
    <message>
        <source>arrives between %1 and %2 on %3</source>
        <translation>arrive entre %1 et %2 (%3)</translation>
    </message>
    <message>
        <source>any day</source>
        <translation>tous les jours</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>jours ouvrés</translation>
    </message>
    <message>
        <source>weekends</source>
        <translation>week-end</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>That did not work</source>
        <translation>Cela n’a pas fonctionné</translation>
    </message>
    <message>
        <source>Please try again.</source>
        <translation>Veuillez réessayer.</translation>
    </message>
    <message>
        <source>Something we need is away for the moment</source>
        <translation>Un service nécessaire est indisponible pour le moment</translation>
    </message>
    <message>
        <source>We keep trying. Nothing is lost.</source>
        <translation>Nous réessayons. Rien n’est perdu.</translation>
    </message>
    <message>
        <source>The platform asks us to slow down</source>
        <translation>La plateforme nous demande de ralentir</translation>
    </message>
    <message>
        <source>We continue by ourselves in a moment.</source>
        <translation>Nous reprendrons seuls dans un instant.</translation>
    </message>
    <message>
        <source>The platform cannot be reached</source>
        <translation>La plateforme est injoignable</translation>
    </message>
    <message>
        <source>Nothing was sent. We keep trying.</source>
        <translation>Rien n’a été envoyé. Nous réessayons.</translation>
    </message>
    <message>
        <source>The language model does not answer</source>
        <translation>Le modèle de langue ne répond pas</translation>
    </message>
    <message>
        <source>You can reply by hand meanwhile.</source>
        <translation>Vous pouvez répondre vous-même entre-temps.</translation>
    </message>
    <message>
        <source>The inbox cannot reach its database</source>
        <translation>La boîte de réception n’atteint pas sa base de données</translation>
    </message>
    <message>
        <source>We keep trying. Your text stays where it is.</source>
        <translation>Nous réessayons. Votre texte reste en place.</translation>
    </message>
    <message>
        <source>Somebody has to look at this</source>
        <translation>Quelqu’un doit s’en occuper</translation>
    </message>
    <message>
        <source>Nothing happens until a person decides.</source>
        <translation>Rien ne se passe tant qu’une personne n’a pas décidé.</translation>
    </message>
    <message>
        <source>The channel is signed out</source>
        <translation>Le canal est déconnecté</translation>
    </message>
    <message>
        <source>Connect it again; waiting replies leave afterwards.</source>
        <translation>Reconnectez-le&#x202f;; les réponses en attente partiront ensuite.</translation>
    </message>
    <message>
        <source>The assistant has used up its credits</source>
        <translation>L’assistant a épuisé ses crédits</translation>
    </message>
    <message>
        <source>The inbox goes on; replies are yours to write.</source>
        <translation>La boîte continue&#x202f;; à vous d’écrire les réponses.</translation>
    </message>
    <message>
        <source>The reply window is closed</source>
        <translation>Le délai de réponse est dépassé</translation>
    </message>
    <message>
        <source>The customer has to write again first.</source>
        <translation>Le client doit d’abord écrire à nouveau.</translation>
    </message>
    <message>
        <source>Something is missing on this machine</source>
        <translation>Il manque quelque chose sur cette machine</translation>
    </message>
    <message>
        <source>See the details.</source>
        <translation>Voyez les détails.</translation>
    </message>
    <message>
        <source>This was not accepted</source>
        <translation>Cela n’a pas été accepté</translation>
    </message>
    <message>
        <source>Change it and try again.</source>
        <translation>Modifiez et réessayez.</translation>
    </message>
    <message>
        <source>The text is too long for this platform</source>
        <translation>Le texte est trop long pour cette plateforme</translation>
    </message>
    <message>
        <source>Shorten it, or send it in two parts.</source>
        <translation>Raccourcissez-le ou envoyez-le en deux fois.</translation>
    </message>
    <message>
        <source>This customer cannot be written to</source>
        <translation>Impossible d’écrire à ce client</translation>
    </message>
    <message>
        <source>They may have blocked the account.</source>
        <translation>Il a peut-être bloqué le compte.</translation>
    </message>
    <message>
        <source>It is not here any more</source>
        <translation>Ce n’est plus là</translation>
    </message>
    <message>
        <source>The list has been read again.</source>
        <translation>La liste a été relue.</translation>
    </message>
    <message>
        <source>The document cannot be read</source>
        <translation>Le document est illisible</translation>
    </message>
    <message>
        <source>Check the file, or save it in another format.</source>
        <translation>Vérifiez le fichier ou enregistrez-le dans un autre format.</translation>
    </message>
    <message>
        <source>A setting makes no sense</source>
        <translation>Un réglage est incohérent</translation>
    </message>
    <message>
        <source>The file is too large for this platform</source>
        <translation>Le fichier est trop volumineux pour cette plateforme</translation>
    </message>
    <message>
        <source>Its limits are told at the paper clip.</source>
        <translation>Le trombone indique ses limites.</translation>
    </message>
    <message>
        <source>This kind of file cannot be sent here</source>
        <translation>Ce type de fichier ne peut pas être envoyé ici</translation>
    </message>
    <message>
        <source>Save it as a PDF, a JPEG or an MP4, for example.</source>
        <translation>Enregistrez-le par exemple en PDF, JPEG ou MP4.</translation>
    </message>
    <message>
        <source>The file is not what its name says</source>
        <translation>Le fichier n’est pas ce que dit son nom</translation>
    </message>
    <message>
        <source>Save it again in the format its name says.</source>
        <translation>Enregistrez-le à nouveau dans le format que dit son nom.</translation>
    </message>
    <message>
        <source>The document carries macros</source>
        <translation>Le document contient des macros</translation>
    </message>
    <message>
        <source>Save it without macros, or as a PDF.</source>
        <translation>Enregistrez-le sans macros, ou en PDF.</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Le fichier est illisible</translation>
    </message>
    <message>
        <source>Check that it still exists and is not empty.</source>
        <translation>Vérifiez qu’il existe toujours et n’est pas vide.</translation>
    </message>
    <message>
        <source>A message carries one file</source>
        <translation>Un message porte un seul fichier</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>Choisissez-en un.</translation>
    </message>
    <message>
        <source>The login led to no channel</source>
        <translation>La connexion n’a donné aucun canal</translation>
    </message>
    <message>
        <source>Begin the login again.</source>
        <translation>Recommencez la connexion.</translation>
    </message>
    <message>
        <source>The login was not allowed on the platform&apos;s page</source>
        <translation>La connexion a été refusée sur la page de la plateforme</translation>
    </message>
    <message>
        <source>Begin again and allow it, or paste a token.</source>
        <translation>Recommencez et autorisez-la, ou collez un jeton.</translation>
    </message>
    <message>
        <source>Nobody came back from the platform&apos;s page</source>
        <translation>Personne n’est revenu de la page de la plateforme</translation>
    </message>
    <message>
        <source>The login opens no account that can be connected</source>
        <translation>La connexion n’ouvre aucun compte qui puisse être connecté</translation>
    </message>
    <message>
        <source>Log in with the account, or with one that manages it.</source>
        <translation>Connectez-vous avec ce compte, ou avec un compte qui le gère.</translation>
    </message>
    <message>
        <source>This login opens another account: %1</source>
        <translation>Cette connexion ouvre un autre compte&#xa0;: %1</translation>
    </message>
    <message>
        <source>Log in with the channel&apos;s account.</source>
        <translation>Connectez-vous avec le compte du canal.</translation>
    </message>
    <message>
        <source>Not connected, since this was not permitted: %1</source>
        <translation>Pas connecté, car ceci n’a pas été autorisé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Log in again and leave all permissions switched on.</source>
        <translation>Reconnectez-vous en laissant toutes les autorisations activées.</translation>
    </message>
    <message>
        <source>No developer app is set for this login</source>
        <translation>Aucune application de développeur n’est réglée pour cette connexion</translation>
    </message>
    <message>
        <source>Set %1, or paste a token.</source>
        <translation>Réglez %1, ou collez un jeton.</translation>
    </message>
    <message>
        <source>Something changed meanwhile</source>
        <translation>Quelque chose a changé entre-temps</translation>
    </message>
    <message>
        <source>What you see is now up to date.</source>
        <translation>L’affichage est maintenant à jour.</translation>
    </message>
    <message>
        <source>Somebody has already decided this suggestion</source>
        <translation>Quelqu’un a déjà traité cette proposition</translation>
    </message>
    <message>
        <source>The customer wrote again after this suggestion</source>
        <translation>Le client a de nouveau écrit après cette proposition</translation>
    </message>
    <message>
        <source>Read the new message first.</source>
        <translation>Lisez d’abord le nouveau message.</translation>
    </message>
    <message>
        <source>A person has answered meanwhile</source>
        <translation>Une personne a répondu entre-temps</translation>
    </message>
    <message>
        <source>The assistant stands down.</source>
        <translation>L’assistant se retire.</translation>
    </message>
    <message>
        <source>We do not know whether that took effect</source>
        <translation>Nous ne savons pas si l’action a abouti</translation>
    </message>
    <message>
        <source>Look at the conversation before you try again.</source>
        <translation>Regardez la conversation avant de réessayer.</translation>
    </message>
</context>
<context>
    <name>Trust</name>
    <message>
        <source>All replies</source>
        <translation>Toutes les réponses</translation>
    </message>
    <message>
        <source>Greetings and thanks, ignored</source>
        <translation>Salutations et remerciements, ignorés</translation>
    </message>
    <message>
        <source>Advertising, ignored</source>
        <translation>Publicité, ignorée</translation>
    </message>
    <message>
        <source>Decided by your rules</source>
        <translation>Décidé par vos règles</translation>
    </message>
    <message>
        <source>Complaints, handed over</source>
        <translation>Réclamations, transmises</translation>
    </message>
    <message>
        <source>Wants a person, handed over</source>
        <translation>Demandes d’une personne, transmises</translation>
    </message>
    <message>
        <source>Files and pictures, handed over</source>
        <translation>Fichiers et images, transmis</translation>
    </message>
    <message>
        <source>Nothing known, handed over</source>
        <translation>Sans réponse connue, transmis</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Tout le reste</translation>
    </message>
    <message>
        <source>Answers some topics by itself</source>
        <translation>Répond seul sur certains sujets</translation>
    </message>
    <message>
        <source>Assistant off</source>
        <translation>Assistant arrêté</translation>
    </message>
    <message>
        <source>Drafts only</source>
        <translation>Propositions seulement</translation>
    </message>
    <message>
        <source>Answers by itself</source>
        <translation>Répond seul</translation>
    </message>
    <message>
        <source>No outcome yet</source>
        <translation>Pas encore de résultat</translation>
    </message>
    <message>
        <source>%1 of %2 agreed</source>
        <translation>D’accord %1 fois sur %2</translation>
    </message>
    <message>
        <source>%1 agreed, between %2 and %3; your bar is %4</source>
        <translation>%1 d’accord, entre %2 et %3&#x202f;; votre seuil est à %4</translation>
    </message>
    <message>
        <source>The assistant is off here</source>
        <translation>L’assistant est arrêté ici</translation>
    </message>
    <message>
        <source>Single topics are chosen here</source>
        <translation>Ici, les sujets sont choisis un par un</translation>
    </message>
    <message>
        <source>Below your bar</source>
        <translation>Sous votre seuil</translation>
    </message>
</context>
<context>
    <name>TrustPage</name>
    <message>
        <source>Your bar</source>
        <translation>Votre seuil</translation>
    </message>
    <message>
        <source>Days that count</source>
        <translation>Jours pris en compte</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparaison…</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>Rien à comparer pour le moment</translation>
    </message>
    <message>
        <source>As soon as the assistant has decided about messages, this shows how often your team did the same.</source>
        <translation>Dès que l’assistant aura pris des décisions, vous verrez ici combien de fois votre équipe a fait de même.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Let the assistant answer “%1” by itself?</source>
        <translation>Laisser l’assistant répondre seul sur «&#xa0;%1&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>On %1, replies about it leave without anybody reading them first, when the assistant is sure enough. Your team agreed in %2 of %3 cases.</source>
        <translation>Sur %1, les réponses à ce sujet partiront sans relecture quand l’assistant sera assez sûr. Votre équipe était d’accord dans %2 cas sur %3.</translation>
    </message>
    <message>
        <source>Let the assistant answer everything it can by itself?</source>
        <translation>Laisser l’assistant répondre seul à tout ce qu’il peut&#x202f;?</translation>
    </message>
    <message>
        <source>On %1, all replies leave without anybody reading them first, when the assistant is sure enough. Your team agreed in %2 of %3 cases.</source>
        <translation>Sur %1, toutes les réponses partiront sans relecture quand l’assistant sera assez sûr. Votre équipe était d’accord dans %2 cas sur %3.</translation>
    </message>
    <message>
        <source>Let it answer</source>
        <translation>Laisser répondre</translation>
    </message>
    <message>
        <source>Read “%1” before it is sent?</source>
        <translation>Relire «&#xa0;%1&#xa0;» avant l’envoi&#x202f;?</translation>
    </message>
    <message>
        <source>On %1, the assistant only suggests these replies again.</source>
        <translation>Sur %1, l’assistant ne fera à nouveau que proposer ces réponses.</translation>
    </message>
    <message>
        <source>Back to drafts</source>
        <translation>Revenir aux propositions</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changement appliqué</translation>
    </message>
    <message>
        <source>Only owners and admins change what leaves by itself.</source>
        <translation>Seuls les propriétaires et les administrateurs changent ce qui part seul.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>What the assistant decided, beside what your team did. The band shows where the true share lies, 95 times in 100; once all of it stands right of your bar, you may let the assistant answer by itself.</source>
        <translation>Ce que l’assistant a décidé, à côté de ce que votre équipe a fait. La bande montre où se trouve la vraie part, 95 fois sur 100&#x202f;; quand elle est tout entière à droite de votre seuil, vous pouvez laisser l’assistant répondre seul.</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Derniers</translation>
    </message>
</context>
<context>
    <name>TrustRowView</name>
    <message>
        <source>Back to drafts…</source>
        <translation>Revenir aux propositions…</translation>
    </message>
    <message>
        <source>Back to drafts: %1</source>
        <translation>Revenir aux propositions&#xa0;: %1</translation>
    </message>
    <message>
        <source>Let it answer…</source>
        <translation>Laisser répondre…</translation>
    </message>
    <message>
        <source>Let it answer: %1</source>
        <translation>Laisser répondre&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>TryPage</name>
    <message>
        <source>Message of a customer</source>
        <translation>Message d’un client</translation>
    </message>
    <message>
        <source>Hello! Are you open on Sunday?

An empty line begins a second message.</source>
        <translation>Bonjour&#x202f;! Êtes-vous ouverts dimanche&#x202f;?

Une ligne vide commence un second message.</translation>
    </message>
    <message>
        <source>Comes by</source>
        <translation>Arrive par</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Write a message as a customer would</source>
        <translation>Écrivez un message comme le ferait un client</translation>
    </message>
    <message>
        <source>You see what would be decided, why, and the reply. Nothing is sent.</source>
        <translation>Vous voyez ce qui serait décidé, pourquoi, et la réponse. Rien n’est envoyé.</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Réflexion…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Thought for %1.</source>
        <translation>Temps de réflexion&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Decided by %1</source>
        <translation>Décidé par %1</translation>
    </message>
    <message>
        <source>It would wait as a suggestion: a person should look first.</source>
        <translation>Elle attendrait comme proposition&#xa0;: une personne devrait d’abord regarder.</translation>
    </message>
    <message>
        <source>It would go out by itself where the channel allows it (from %1 on).</source>
        <translation>Elle partirait seule là où le canal le permet (à partir de %1).</translation>
    </message>
    <message>
        <source>It would wait as a suggestion: below the %1 that you ask for.</source>
        <translation>Elle attendrait comme proposition&#xa0;: sous les %1 que vous demandez.</translation>
    </message>
    <message>
        <source>with your unsaved changes</source>
        <translation>avec vos changements non enregistrés</translation>
    </message>
    <message>
        <source>with the rules in force</source>
        <translation>avec les règles en vigueur</translation>
    </message>
    <message>
        <source>WHAT YOUR COLLEAGUE READS</source>
        <translation>CE QUE LIT VOTRE COLLÈGUE</translation>
    </message>
</context>
<context>
    <name>Twins</name>
    <message numerus="yes">
        <source>%n entry(ies) ask nearly the same</source>
        <translation>
            <numerusform>%n entrée demande presque la même chose</numerusform>
            <numerusform>%n entrées demandent presque la même chose</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
</context>
<context>
    <name>UploadPanel</name>
    <message>
        <source>Fold the files away</source>
        <translation>Replier les fichiers</translation>
    </message>
    <message>
        <source>Show the files</source>
        <translation>Montrer les fichiers</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Tout annuler</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Effacer les terminés</translation>
    </message>
    <message>
        <source>%1 of the files are done</source>
        <translation>%1 des fichiers sont prêts</translation>
    </message>
    <message numerus="yes">
        <source>Looking through the folders… %n file(s)</source>
        <translation>
            <numerusform>Parcours des dossiers… %n fichier</numerusform>
            <numerusform>Parcours des dossiers… %n fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adding %n file(s)</source>
        <translation>
            <numerusform>Ajout de %n fichier</numerusform>
            <numerusform>Ajout de %n fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added</source>
        <translation>
            <numerusform>%n fichier n’a pas pu être ajouté</numerusform>
            <numerusform>%n fichiers n’ont pas pu être ajoutés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) added</source>
        <translation>
            <numerusform>%n fichier ajouté</numerusform>
            <numerusform>%n fichiers ajoutés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UploadRows</name>
    <message>
        <source>Files on their way</source>
        <translation>Fichiers en cours</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>Annuler %1</translation>
    </message>
    <message>
        <source>Try %1 again</source>
        <translation>Réessayer %1</translation>
    </message>
</context>
<context>
    <name>Uploads</name>
    <message>
        <source>files of this kind are not read</source>
        <translation>ce type de fichier n’est pas lu</translation>
    </message>
    <message>
        <source>something went wrong on our side</source>
        <translation>une erreur est survenue de notre côté</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Opening your inbox…</source>
        <translation>Ouverture de votre boîte de réception…</translation>
    </message>
    <message>
        <source>The first time takes longer: the database is being made.</source>
        <translation>La première fois est plus longue&#xa0;: la base de données est en cours de création.</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Fermeture…</translation>
    </message>
    <message>
        <source>The inbox could not be opened</source>
        <translation>La boîte de réception n’a pas pu être ouverte</translation>
    </message>
    <message>
        <source>This is a mistake of ours; the report says where.</source>
        <translation>C’est une erreur de notre part&#x202f;; le rapport dit où.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>dépassé</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>encore %1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>encore %1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 d left</source>
        <translation>encore %1&#xa0;j</translation>
    </message>
    <message>
        <source>MMM d</source>
        <comment>date without year</comment>
        <translation>d MMM</translation>
    </message>
</context>
<context>
    <name>WhyLine</name>
    <message>
        <source>Why?</source>
        <translation>Pourquoi&#x202f;?</translation>
    </message>
</context>
<context>
    <name>WordingButton</name>
    <message>
        <source>Improve the wording</source>
        <translation>Améliorer la formulation</translation>
    </message>
    <message>
        <source>Shorten</source>
        <translation>Raccourcir</translation>
    </message>
    <message>
        <source>Translate for the customer</source>
        <translation>Traduire pour le client</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>Arrêter la rédaction</translation>
    </message>
    <message>
        <source>Reword with the model</source>
        <translation>Reformuler avec le modèle</translation>
    </message>
</context>
</TS>
