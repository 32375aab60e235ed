<?php

// A bot that answers text messages, in plain PHP and with Meta's address in it. PHP's streams know no proxy by the
// environment. Started as: php -S 127.0.0.1:$PORT bot.php

declare(strict_types=1);

const GRAPH = 'https://graph.facebook.com/v23.0';

function answer(int $status, string $text = ''): never
{
    http_response_code($status);
    header('Content-Type: text/plain; charset=utf-8');
    echo $text;
    exit;
}

/**
 * WhatsApp delivers more than once; a message is answered once. PHP forgets everything between two requests; what its
 * processes have in common is their group.
 */
function is_new(string $message_id): bool
{
    $folder = sys_get_temp_dir() . '/hard-coded-php-bot-' . posix_getpgrp();
    @mkdir($folder);
    return @mkdir($folder . '/' . hash('sha256', $message_id));
}

function send_text(string $phone_number_id, array $customer): void
{
    $body = ['messaging_product' => 'whatsapp', 'type' => 'text', 'text' => ['body' => 'Thanks, we will be with you shortly.']];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ['Authorization: Bearer ' . getenv('WHATSAPP_TOKEN'), 'Content-Type: application/json'],
        'content' => json_encode($body + $customer),
        'timeout' => 10,
        'ignore_errors' => true,
    ]]);
    $sent = file_get_contents(GRAPH . "/$phone_number_id/messages", false, $context);
    $status = $http_response_header[0] ?? 'no answer';
    if ($sent === false || !str_contains($status, ' 200')) {
        error_log("not sent: $status " . ($sent === false ? '' : $sent));
    }
}

/** A customer may hide their number; then there is an id in its place. */
function customer_of(?string $number, ?string $user_id): array
{
    return $number === null ? ['recipient' => $user_id] : ['to' => $number];
}

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    $given = (string) ($_GET['hub_verify_token'] ?? '');
    hash_equals((string) getenv('WHATSAPP_VERIFY_TOKEN'), $given)
        ? answer(200, (string) ($_GET['hub_challenge'] ?? ''))
        : answer(403);
}

$raw = (string) file_get_contents('php://input');
$expected = 'sha256=' . hash_hmac('sha256', $raw, (string) getenv('WHATSAPP_APP_SECRET'));
if (!hash_equals($expected, (string) ($_SERVER['HTTP_X_HUB_SIGNATURE_256'] ?? ''))) {
    answer(401);
}

foreach (json_decode($raw, true)['entry'] ?? [] as $entry) {
    foreach ($entry['changes'] ?? [] as $change) {
        $value = $change['value'] ?? [];
        $phone_number_id = (string) ($value['metadata']['phone_number_id'] ?? '');
        if ($change['field'] === 'messages') {
            foreach ($value['messages'] ?? [] as $message) {
                if ($message['type'] === 'text' && is_new($message['id'])) {
                    send_text($phone_number_id, customer_of($message['from'] ?? null, $message['from_user_id'] ?? null));
                }
            }
        }
        // The mistake that this bot can be told to make.
        if ($change['field'] === 'smb_message_echoes' && getenv('BOT_ANSWERS_ECHOES') === '1') {
            foreach ($value['message_echoes'] ?? [] as $echo) {
                send_text($phone_number_id, customer_of($echo['to'] ?? null, $echo['to_user_id'] ?? null));
            }
        }
    }
}
answer(200);
